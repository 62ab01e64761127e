import { createRandom } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { bytesSource } from './byte-source';
import { detectEncoding, type FoundEncoding } from './detect-encoding';
import { HIGH_CHARACTERS, type SingleByteEncoding } from './single-byte-encodings';

const WORDS =
  `José Conceição Ângela Gonçalves Antônio Araújo Inês Brandão João Sá Lúcia Tomé André Mônica Patrícia Vitória São
  Paulo Brasília Goiânia Ribeirão Preto Maceió Belém Cuiabá Florianópolis Fábio Flávia Luís Íris Élcio Óscar Úrsula
  Água Comércio Açúcar Café Construções Pães Müller Muñoz Núñez Peña Ibáñez Avó Avô Três Corações Mãe Irmãos Ltda
  Açaí Itaú Magalhães Guimarães Simões Caçapava Não Rua Praça 2ª 3º D’Ávila “Zé” Sant’Anna – Joana Maria Silva Lima`
    .trim()
    .split(/\s+/);

function encode(text: string, encoding: SingleByteEncoding): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    const high = HIGH_CHARACTERS[encoding].indexOf(character);
    return code < 0x80 ? code : high < 0 ? 0x3f : 0x80 + high;
  });
}

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, isBig = false) =>
  Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0);
      return isBig ? [code >> 8, code & 255] : [code & 255, code >> 8];
    }),
  );
const join = (...parts: readonly ArrayLike<number>[]) =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));
const detect = (bytes: Uint8Array) => detectEncoding(bytesSource(bytes));

describe('the encoding of a text', () => {
  const cases: readonly (readonly [title: string, bytes: Uint8Array, encoding: FoundEncoding])[] = [
    ['only ASCII', latin1('nome;telefone\r\nAna;1\r\n'), 'ascii'],
    ['UTF-8', utf8('José'), 'utf-8'],
    ['UTF-8 with a mark, though the rest is none', join([0xef, 0xbb, 0xbf], latin1('Jos\xe9')), 'utf-8'],
    ['a mark before ASCII', utf8('\ufeffnome'), 'utf-8'],
    ['UTF-16LE with a mark', utf16('\ufeffnome'), 'utf-16le'],
    ['UTF-16BE with a mark', utf16('\ufeffnome', true), 'utf-16be'],
    ['UTF-16LE without', utf16('nome;José'), 'utf-16le'],
    ['UTF-16BE without', utf16('nome;José', true), 'utf-16be'],
    ['a NUL in ASCII is no UTF-16', latin1('nome;tel\r\nAna;\0'), 'ascii'],
    ['Windows-1252', latin1('Jos\xe9'), 'windows-1252'],
    ['IBM 850', latin1('Jos\x82'), 'ibm850'],
    ['Mac Roman', latin1('Concei\x8d\x8bo'), 'macintosh'],
    ['a line of each', join(utf8('José\n'), latin1('Jos\xe9\n')), 'mixed'],
    ['UTF-8 cut inside a letter', join(utf8('Ana José Jos'), [0xc3]), 'mixed'],
    ['chance: É and a closing quote', latin1('CAF\xc9\x94 e S\xe1'), 'windows-1252'],
    ['overlong and surrogate forms are no UTF-8', latin1('\xc0\xaf;Jos\xe9'), 'windows-1252'],
    ['typographic signs alone', latin1('d\x92Arc \x93Ana\x94 \x96 Lima\x85 Acme\x99 \x80 5'), 'windows-1252'],
    ['no-break spaces alone', latin1('Ana\xa0da\xa0Silva'), 'windows-1252'],
    ['one sign that is a letter elsewhere', latin1('Acme\x99'), 'windows-1252'],
    ['bytes that make no words anywhere', latin1('\x81\x8d;\xfe\xff'), 'windows-1252'],
  ];
  test.each(cases)('%s', async (_, bytes, encoding) => {
    expect(await detect(bytes)).toBe(encoding);
  });

  test.each([1, 2, 3])(
    'UTF-8 whose letter lies across %i bytes of the border between two reads',
    async (shift) => {
      const bytes = utf8(`${'a'.repeat(1024 * 1024 - shift)}😀é`);
      expect(await detect(bytes)).toBe('utf-8');
      expect(await detect(join(bytes, [0xe9, 0x0a]))).toBe('mixed');
    },
  );

  test('a line of UTF-8 far behind makes it mixed, and the other way round', async () => {
    const lines = (bytes: Uint8Array) => join(...Array.from({ length: 20_000 }, () => bytes));
    const [wide, narrow] = [utf8('José Conceição\n'), latin1('Jos\xe9 Concei\xe7\xe3o\n')];
    expect(await detect(join(lines(narrow), wide))).toBe('mixed');
    expect(await detect(join(lines(wide), narrow))).toBe('mixed');
    expect(await detect(lines(narrow))).toBe('windows-1252');
  });
});

describe('names in one of three encodings', () => {
  const random = createRandom(5);
  /** How many of 200 texts of so many words are found to be in their encoding; texts of ASCII are not counted. */
  async function shareFound(encoding: SingleByteEncoding, words: number, isUpper: boolean): Promise<number> {
    let found = 0;
    let total = 0;
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: words }, () => random.pick(WORDS)).join(
        random.pick([' ', ';', '\n']),
      );
      const bytes = encode(isUpper ? text.toUpperCase() : text, encoding);
      if (bytes.every((byte) => byte < 0x80)) continue;
      total++;
      if ((await detect(bytes)) === encoding) found++;
    }
    return found / total;
  }

  test.each([1, 2, 3, 10, 100])('Windows-1252 is never taken for another: %i words', async (words) => {
    expect(await shareFound('windows-1252', words, false)).toBe(1);
    expect(await shareFound('windows-1252', words, true)).toBe(1);
  });

  test.each(['ibm850', 'macintosh'] as const)('%s is found in a hundred words', async (encoding) => {
    expect(await shareFound(encoding, 100, false)).toBe(1);
    expect(await shareFound(encoding, 100, true)).toBe(1);
    expect(await shareFound(encoding, 10, false)).toBeGreaterThan(0.98);
  });
});
