import type { ContactCells } from '@ponte/contacts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edit } from '../wizard-types';
import { EditProgram } from './edit-program';
import { replaceIn } from './replace-in';

const word = fc.constantFrom('', 'a', 'A', 'b', 'aa', 'ab', 'é', '.', '$&', ' ');
const field = fc.constantFrom('name' as const, 'phone_number' as const, 'email' as const);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('cell' as const), row: fc.nat(3), field, value: word }),
  fc.record({ kind: fc.constant('value' as const), field, from: word, to: word }),
  fc.record({
    kind: fc.constant('replace' as const),
    field,
    find: word,
    replace: word,
    matchCase: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('leave_out' as const), rows: fc.array(fc.nat(3), { maxLength: 2 }) }),
);

const AT = { name: 0, phone_number: 1, email: 2 } as const;

/** One edit after the other, as the contract says it. */
function replay(
  edits: readonly Edit[],
  row: number,
  texts: ContactCells,
): { texts: string[]; touched: number[] } {
  const now = [...texts];
  const touched: number[] = [];
  edits.forEach((change, index) => {
    if (change.kind === 'leave_out') return;
    const at = AT[change.field];
    const before = now[at] ?? '';
    if (change.kind === 'cell' && change.row === row) now[at] = change.value;
    if (change.kind === 'value' && change.from === before) now[at] = change.to;
    if (change.kind === 'replace') now[at] = replaceIn(change)(before);
    if (now[at] !== before) touched.push(index);
  });
  return { texts: now, touched };
}

describe('edits', () => {
  test('are replayed in their order, whatever is looked up together', () => {
    fc.assert(
      fc.property(
        fc.array(edit, { maxLength: 12 }),
        fc.nat(3),
        fc.tuple(word, word, word),
        (edits, row, texts) => {
          const touched: number[] = [];
          const result = new EditProgram(edits).applyAll(row, texts, (index) => touched.push(index));
          const expected = replay(edits, row, texts);
          expect([...result]).toEqual(expected.texts);
          expect(touched.sort((one, other) => one - other)).toEqual(expected.touched);
        },
      ),
      { numRuns: 5000, seed: 1 },
    );
  });

  test('that leave rows out', () => {
    const program = new EditProgram([
      { kind: 'leave_out', rows: [1, 900] },
      { kind: 'leave_out', rows: [2] },
    ]);
    expect([0, 1, 2, 3, 900].map((row) => program.isLeftOut(row))).toEqual([false, true, true, false, true]);
  });
});

describe('find and replace', () => {
  test.each<
    [title: string, find: string, replace: string, matchCase: boolean, text: string, expected: string]
  >([
    ['every occurrence', 'a', 'o', true, 'banana', 'bonono'],
    ['the case when asked for', 'ana', 'X', true, 'Ana ana', 'Ana X'],
    ['both cases otherwise', 'ana', 'X', false, 'Ana ANA', 'X X'],
    ['accents in both cases', 'é', 'e', false, 'ÉéE', 'eeE'],
    ['signs of patterns to the letter', '(11)', '', false, '(11) 9(11)', ' 9'],
    ['other signs of patterns', '.*+?^${}|[]\\/-', 'x', false, 'a.*+?^${}|[]\\/-', 'ax'],
    ['signs of replacements to the letter', 'a', '$&$1', false, 'A', '$&$1'],
    ['the same with the case', 'a', '$&', true, 'a', '$&'],
    ['nothing for nothing', '', 'x', false, 'abc', 'abc'],
  ])('%s', (_, find, replace, matchCase, text, expected) => {
    expect(replaceIn({ kind: 'replace', field: 'name', find, replace, matchCase })(text)).toBe(expected);
  });
});
