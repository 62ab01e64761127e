import { TestBed } from '@angular/core/testing';
import { provideConsole } from '../../../testing';
import { EditWords } from './edit-words';
import type { Edit } from '../wizard-types';

describe('EditWords', () => {
  const lines = new Map([[11, 1234]]);
  const say = (edit: Edit): string => {
    TestBed.configureTestingModule({ providers: [provideConsole()] });
    const words = TestBed.inject(EditWords).of(edit, (row) => lines.get(row));
    return words.replaceAll(/[\u2068\u2069]/g, '');
  };
  const replace = { kind: 'replace', field: 'name', matchCase: false } as const;

  it.each<[expected: string, edit: Edit]>([
    [
      'Linha 1.234 · Telefone: “11 98765-4321”',
      { kind: 'cell', row: 11, field: 'phone_number', value: '11 98765-4321' },
    ],
    ['Linha 1.234 · E-mail: (vazio)', { kind: 'cell', row: 11, field: 'email', value: ' ' }],
    ['Linha … · Nome: “Ana”', { kind: 'cell', row: 12, field: 'name', value: 'Ana' }],
    ['Nome: (vazio) vira “Cliente”', { kind: 'value', field: 'name', from: '', to: 'Cliente' }],
    ['Localizar em Nome: “Sr.” vira (vazio)', { ...replace, find: 'Sr.', replace: '' }],
    ['Linha 1.234 deixada de fora', { kind: 'leave_out', rows: [11] }],
    ['2 linhas deixadas de fora', { kind: 'leave_out', rows: [11, 12] }],
  ])('says: %s', (expected, edit) => {
    expect(say(edit)).toBe(expected);
  });

  it('keeps values of a file inside their quotes, and long ones short', () => {
    TestBed.configureTestingModule({ providers: [provideConsole()] });
    const quoted = TestBed.inject(EditWords).quote('x'.repeat(200));
    expect(quoted).toBe(`“\u2068${'x'.repeat(60)}…\u2069”`);
  });
});
