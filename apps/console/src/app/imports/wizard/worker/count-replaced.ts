import type { Edit, RepairExample, TableCalls } from '../wizard-types';
import { replaceIn } from './replace-in';
import type { ReviewedTable } from './reviewed-table';
import { FIELDS } from './row-facts';
import type { OnProgress } from './serve-table-calls';

const EXAMPLES = 3;

/** Tries a find-and-replace on the values as they are now, without making it. */
export function countReplaced(
  { facts, mapped, program }: ReviewedTable,
  edit: Extract<Edit, { kind: 'replace' }>,
  onProgress: OnProgress,
): ReturnType<TableCalls['countReplace']> {
  const replace = replaceIn(edit);
  const { field } = edit;
  const at = FIELDS.indexOf(field);
  const examples: RepairExample[] = [];
  let rows = 0;
  mapped.forEach(
    (row, texts, fault) => {
      if (fault !== null) return;
      const before = program.apply(field, row, texts[at] ?? '');
      const after = replace(before);
      if (after === before) return;
      rows++;
      const line = mapped.table.store.line(row);
      if (examples.length < EXAMPLES) examples.push({ row, line, field, before, after });
    },
    (done) => onProgress(done / facts.rows),
  );
  return { rows, examples };
}
