import { corpusUploadNames } from '@ponte/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFileName } from './file-name';

describe('cleanFileName', () => {
  it.each([
    ['contatos.csv', 'contatos.csv'],
    [undefined, 'contacts.csv'],
    ['', 'contacts.csv'],
    ['   ', 'contacts.csv'],
    ['.', 'contacts.csv'],
    ['..', 'contacts.csv'],
    ['../..', 'contacts.csv'],
    ['/', 'contacts.csv'],
    ['\u0000\u200b', 'contacts.csv'],
    ['/etc/passwd', 'passwd'],
    ['C:\\Users\\Ana\\lista.csv', 'lista.csv'],
    ['C:\\fakepath/lista.csv', 'lista.csv'],
    ['  lista final.csv ', 'lista final.csv'],
    ['lista\t\r\n.csv', 'lista.csv'],
    ['\u202egnp.csv', 'gnp.csv'],
    ['\ufefflista.csv', 'lista.csv'],
    ['ação 😀.csv', 'ação 😀.csv'],
    ['it\'s "quoted"; yes.csv', 'it\'s "quoted"; yes.csv'],
    ['x'.repeat(400), 'x'.repeat(255)],
    ['😀'.repeat(300), '😀'.repeat(255)],
  ])('%j is shown as %j', (sent, shown) => {
    expect(cleanFileName(sent)).toBe(shown);
  });

  it.each(corpusUploadNames().map(({ name }) => [name]))('takes what acts off the corpus’ %j', (name) => {
    const shown = cleanFileName(name);
    expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\\/]/u);
    expect([...shown].length).toBeLessThanOrEqual(255);
    expect(shown.trim()).toBe(shown);
    expect(shown).not.toBe('');
  });

  it('never gives a path, a control or nothing, and cleans once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const shown = cleanFileName(name);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\\/]/u);
        expect(shown).not.toMatch(/^\.{0,2}$/);
        expect(cleanFileName(shown)).toBe(shown);
      }),
    );
  });
});
