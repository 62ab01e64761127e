import type { ColumnMapping, ContactFieldName } from '@ponte/contacts';
import type { Decisions, OpenedView, OutputKind, Output, Review, RowView } from '../wizard-types';
import { TableEngine } from './table-engine';

/** Decisions that change nothing about a table of name, phone and e-mail. */
export const NO_DECISIONS: Decisions = {
  mapping: { roles: ['name', 'phone_number', 'email'], defaults: {} },
  repairs: [],
  areaCode: null,
  edits: [],
  duplicates: 'each',
  duplicatesOf: {},
};

const IGNORE = (): void => undefined;

/** The real engine with short names for what tests ask of it. */
export class TestTable {
  private constructor(
    readonly engine: TableEngine,
    readonly opened: OpenedView,
  ) {}

  static async open(source: string | Uint8Array<ArrayBuffer>, choice = {}): Promise<TestTable> {
    const engine = new TableEngine();
    const file = new File([source], 'tabela.csv');
    return new TestTable(engine, await engine.open({ source: { file }, choice, locale: 'pt-BR' }, IGNORE));
  }

  review(decisions: Partial<Decisions> = {}): Review {
    return this.engine.review({ ...NO_DECISIONS, ...decisions }, IGNORE);
  }

  rows(
    filter: Parameters<TableEngine['rows']>[0]['filter'] = { kind: 'all' },
    limit = 100,
  ): readonly RowView[] {
    return this.engine.rows({ filter, offset: 0, limit }).items;
  }

  output(kind: OutputKind): Output {
    const titles = { column: 'Coluna', errors: 'Motivos' };
    return this.engine.output({ kind, reasons: { name_missing: 'Falta o nome.' }, titles }, IGNORE);
  }

  text(kind: OutputKind): Promise<string> {
    return this.output(kind).blob.text();
  }
}

/** The mapping of titles that are the fields' own names. */
export function mappingOf(titles: readonly string[]): ColumnMapping {
  const known: readonly ContactFieldName[] = ['name', 'phone_number', 'email'];
  return {
    roles: titles.map((title) => known.find((name) => name === title.trim().toLowerCase()) ?? null),
    defaults: {},
  };
}
