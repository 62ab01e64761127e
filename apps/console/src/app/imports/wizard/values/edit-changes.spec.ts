import { withCell, withRowBack, withRowLeftOut } from './edit-changes';
import type { Edit } from '../wizard-types';

const cell = (row: number, value: string) => ({ kind: 'cell', row, field: 'name', value }) as const;
const out = (...rows: number[]): Edit => ({ kind: 'leave_out', rows });

describe('withCell', () => {
  it('makes one edit of typing twice into one cell', () => {
    expect(withCell([cell(1, 'An')], cell(1, 'Ana'))).toEqual([cell(1, 'Ana')]);
  });
  it('keeps the edits of other cells, and of the same one further back', () => {
    const edits = [cell(1, 'An'), cell(2, 'Bia')];
    expect(withCell(edits, cell(1, 'Ana'))).toEqual([...edits, cell(1, 'Ana')]);
  });
});

describe('withRowLeftOut', () => {
  it('makes one edit of rows that are left out one after the other', () => {
    expect(withRowLeftOut([out(1)], 5)).toEqual([out(1, 5)]);
  });
  it('begins another edit after something else', () => {
    const edits = [out(1), cell(2, 'Bia')];
    expect(withRowLeftOut(edits, 5)).toEqual([...edits, out(5)]);
  });
});

describe('withRowBack', () => {
  it('takes the row out of every edit, and away an edit that is empty then', () => {
    const edits = [out(1, 5), cell(5, 'Eva'), out(5)];
    expect(withRowBack(edits, 5)).toEqual([out(1), cell(5, 'Eva')]);
  });
});
