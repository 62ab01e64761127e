import { REPAIR_BITS } from '@ponte/contacts';
import type { Page, PageRequest, RowFilter } from '../wizard-types';
import { issueNumber, WARNING_BITS } from './cell-kinds';
import type { ReviewedTable } from './reviewed-table';
import { FIELDS } from './row-facts';
import { LEFT_OUT, PROBLEM, READY } from './row-standings';
import { repairsOfRow, warningsOfRow } from './tally-rows';

/** The test of a filter: the same rows that the review counts under it. */
export function rowFilter(table: ReviewedTable, filter: RowFilter): (row: number) => boolean {
  const { facts, standings, traces } = table;
  const { states, kinds } = standings;
  switch (filter.kind) {
    case 'all':
      return () => true;
    case 'problems':
      return (row) => states[row] === PROBLEM;
    case 'problem': {
      const issue = issueNumber(filter.code);
      const { issues } = kinds;
      return (row) =>
        states[row] === PROBLEM &&
        (facts.rowIssues[row] === issue ||
          FIELDS.some((field) => issues[facts.fields[field][row] ?? 0] === issue));
    }
    case 'repair': {
      const bit = REPAIR_BITS[filter.code];
      return (row) => states[row] !== LEFT_OUT && (repairsOfRow(facts, standings, row) & bit) !== 0;
    }
    case 'warning': {
      const bit = WARNING_BITS[filter.code];
      return (row) => states[row] === READY && (warningsOfRow(facts, standings, row) & bit) !== 0;
    }
    case 'edited':
      return (row) => traces.rows.has(row);
  }
}

/** The rows of one page in file order, and how many there are in all. */
export function pageOfRows(
  total: number,
  matches: (row: number) => boolean,
  { offset, limit }: PageRequest,
): Page<number> {
  const items: number[] = [];
  let count = 0;
  for (let row = 0; row < total; row++) {
    if (!matches(row)) continue;
    if (count >= offset && items.length < limit) items.push(row);
    count++;
  }
  return { count, items };
}
