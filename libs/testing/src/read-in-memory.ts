import {
  compileMapping,
  contactKey,
  needsOfRow,
  judgeRow,
  proposeRow,
  repairMask,
  suggestMapping,
  type Contact,
  type ContactCells,
  type ContactFieldName,
  type ColumnRole,
  type RepairCode,
} from '@ponte/contacts';
import {
  bytesSource,
  openTable,
  TableRefusal,
  type OpenedTable,
  type TableChoice,
  type TableRow,
} from '@ponte/tabular';
import { CORPUS_REPAIRS, type ReadingOutcome, type ReadingVerdict } from './compare-reading';
import { TEST_LIMITS } from './import-in-memory';

/** How much of what the wizard could do is done. */
export interface ReadOptions {
  readonly choice?: TableChoice;
  readonly accepted?: readonly RepairCode[];
  /** Last names joined behind the name. */
  readonly hasLastNames?: boolean;
}

/**
 * The wizard in its shortest form: open, guess the columns, judge every row under no repair and under the accepted
 * ones. It says what the console must give, and shows how the pieces are meant to be put together.
 */
export async function readInMemory(bytes: Uint8Array, options: ReadOptions = {}): Promise<ReadingOutcome> {
  const { choice, accepted = CORPUS_REPAIRS, hasLastNames = false } = options;
  try {
    const table = await openTable(bytesSource(bytes), {
      limits: TEST_LIMITS,
      locale: 'pt-BR',
      ...(choice && { choice }),
    });
    const rows: TableRow[] = [];
    for await (const batch of table.rows()) rows.push(...batch);
    const guessed = suggestMapping(
      table.header,
      rows.slice(0, 500).map(({ cells }) => cells),
    );
    const roles = guessed.map(({ role }) => (role === 'last_name' && !hasLastNames ? null : role));
    const mapCells = compileMapping({ roles, defaults: {} });
    const cells = rows.map((row) => mapCells(row.cells));
    return {
      outcome: 'readable',
      detect: detectionOf(table),
      headers: table.header,
      mapping: mappingOf(roles),
      cells,
      strict: judge(cells, []),
      repaired: judge(cells, accepted),
    };
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    const format = error.params?.['format'];
    return { outcome: 'refused', reasons: [format === undefined ? error.code : `${error.code}:${format}`] };
  }
}

function detectionOf({ detection }: OpenedTable) {
  const { encoding, delimiter, headerLine, sheet, sheets } = detection;
  return { encoding, delimiter, header_row: headerLine, sheet: sheets[sheet ?? -1]?.name ?? null };
}

function mappingOf(roles: readonly (ColumnRole | null)[]): Partial<Record<ContactFieldName, number>> {
  const fields = ['name', 'phone_number', 'email'] as const;
  return Object.fromEntries(
    fields.map((field) => [field, roles.indexOf(field)] as const).filter(([, column]) => column >= 0),
  );
}

function judge(rows: readonly ContactCells[], accepted: readonly RepairCode[]): ReadingVerdict {
  const mask = repairMask(accepted);
  const contacts = new Map<string, Contact>();
  const rejected: { row: number; codes: string[] }[] = [];
  rows.forEach(([name, phone, email], index) => {
    const proposal = proposeRow(name, phone, email, { areaCode: null });
    const verdict = judgeRow(proposal, mask);
    const needs = needsOfRow(proposal);
    if (verdict.ok !== (needs !== null && (needs & ~mask) === 0)) throw new Error('needs and verdict differ');
    if (verdict.ok) contacts.set(contactKey(verdict.contact), verdict.contact);
    else
      rejected.push({ row: index + 1, codes: verdict.issues.flatMap(({ code, also }) => [code, ...also]) });
  });
  return { total: rows.length, rejected, contacts: [...contacts.values()] };
}
