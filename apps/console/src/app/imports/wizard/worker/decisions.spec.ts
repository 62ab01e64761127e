import { REPAIR_CODES } from '@ponte/contacts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DUPLICATE_POLICIES, type Decisions, type Edit } from '../wizard-types';
import { FIELDS } from './row-facts';
import { serverFile, TestTable } from './testing';

const messy = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '-',
    'não tem',
    'Ana',
    'Ana Lima',
    '=1+1',
    "'=1+1",
    'a\u0000b',
    '"',
    ',',
    ';',
    'x\ny',
    '\ud83d',
  ),
  fc.constantFrom(
    '+5511987654321',
    '11987654321',
    '(11) 98765-4321',
    '11 8765-4321',
    '98765-4321',
    '5,51199E+12',
  ),
  fc.constantFrom(
    '11987654321 / 11987654322',
    "'+5511987654321",
    '+55 11 3333-4444',
    '0800 123 4567',
    '="11987654321"',
  ),
  fc.constantFrom(
    'ana@example.com',
    'ANA@example.com',
    'ana@gmial.com',
    'ana@',
    '<ana@example.com>',
    'a b@c.d',
    "'=a@b.co",
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('cell' as const),
    row: fc.nat(6),
    field: fc.constantFrom(...FIELDS),
    value: messy,
  }),
  fc.record({
    kind: fc.constant('value' as const),
    field: fc.constantFrom(...FIELDS),
    from: messy,
    to: messy,
  }),
  fc.record({ kind: fc.constant('leave_out' as const), rows: fc.array(fc.nat(6), { maxLength: 2 }) }),
  fc.record({
    kind: fc.constant('replace' as const),
    field: fc.constantFrom(...FIELDS),
    find: fc.constantFrom('a', '1', '-'),
    replace: fc.constantFrom('', '9', 'é'),
    matchCase: fc.boolean(),
  }),
);
const decisions: fc.Arbitrary<Decisions> = fc.record({
  mapping: fc.constantFrom(
    { roles: ['name', 'phone_number', 'email'] as const, defaults: {} },
    { roles: ['name', 'phone_number', null] as const, defaults: { name: 'Cliente' } },
    { roles: ['last_name', 'phone_number', 'last_name'] as const, defaults: {} },
    { roles: ['area_code', 'phone_number', 'name'] as const, defaults: { email: 'x@example.com' } },
  ),
  repairs: fc.subarray([...REPAIR_CODES]),
  areaCode: fc.constantFrom(null, '11'),
  edits: fc.array(edit, { maxLength: 4 }),
  duplicates: fc.constantFrom(...DUPLICATE_POLICIES),
  duplicatesOf: fc.constantFrom({}, { '+5511987654321': 'first' as const }),
});
const cells = fc.array(fc.array(messy, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

describe('whatever was decided', () => {
  const open = (rows: readonly (readonly string[])[]) =>
    TestTable.open(
      new TextEncoder().encode(
        [
          'Nome;Fone;E-mail\n',
          ...rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';') + '\n'),
        ].join(''),
      ),
      { delimiter: ';', headerLine: 1, encoding: 'utf-8' },
    );
  const isTable = (rows: readonly (readonly string[])[]) =>
    rows.some((row) => row.some((cell) => cell.trim() !== ''));

  test('the sum closes, and the server does with what is sent what was promised', async () => {
    await fc.assert(
      fc.asyncProperty(cells.filter(isTable), decisions, async (rows, decided) => {
        const table = await open(rows);
        const { rows: sum } = table.review(decided);
        expect(sum.ready + sum.problems + sum.leftOut + sum.merged).toBe(sum.total);
        const output = table.output('send');
        expect(output.rows).toBe(sum.ready + sum.problems);
        const sent = await serverFile(output.blob, output.ownColumns.length);
        const refused = sent?.rows.filter(({ codes }) => codes.length > 0) ?? [];
        expect(refused).toHaveLength(sum.problems);
        expect(sent?.rows ?? []).toHaveLength(output.rows);

        const clean = table.output('clean');
        const passed = await serverFile(clean.blob);
        expect(passed?.rows ?? []).toHaveLength(sum.ready);
        expect(passed?.rows.every(({ codes }) => codes.length === 0) ?? true).toBe(true);
        expect(table.output('problems').rows).toBe(sum.problems);
      }),
      { numRuns: 600, seed: 1 },
    );
  }, 60_000);

  test('it is the same whether it was decided at once or after something else', async () => {
    await fc.assert(
      fc.asyncProperty(
        cells.filter(isTable),
        fc.array(decisions, { minLength: 2, maxLength: 4 }),
        async (rows, steps) => {
          const [stepwise, atOnce] = [await open(rows), await open(rows)];
          const [mapping, ...edits] = [steps[0]?.mapping, ...steps];
          if (mapping === undefined) return;
          // One mapping, so that what was found out is kept from step to step.
          const last = edits
            .map((step) => ({ ...step, mapping, areaCode: null }))
            .map((step) => [step, stepwise.review(step)] as const)
            .at(-1);
          if (last === undefined) return;
          expect(atOnce.review(last[0])).toEqual(last[1]);
          expect(stepwise.rows()).toEqual(atOnce.rows());
          expect(stepwise.rows({ kind: 'edited' })).toEqual(atOnce.rows({ kind: 'edited' }));
          expect(await stepwise.text('send')).toBe(await atOnce.text('send'));
        },
      ),
      { numRuns: 300, seed: 2 },
    );
  }, 60_000);
});
