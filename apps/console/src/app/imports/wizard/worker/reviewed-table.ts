import { proposeRow, type ContactCells, type RepairContext, type RowProposal } from '@ponte/contacts';
import type { Decisions } from '../wizard-types';
import type { EditProgram } from './edit-program';
import type { EditTraces } from './evaluate-rows';
import type { MappedRows } from './mapped-rows';
import type { RowFacts } from './row-facts';
import type { RowStandings } from './row-standings';

/** A table under decisions: everything that pages and outputs are made of. */
export interface ReviewedTable {
  readonly mapped: MappedRows;
  readonly decisions: Decisions;
  readonly context: RepairContext;
  readonly program: EditProgram;
  readonly facts: RowFacts;
  readonly traces: EditTraces;
  readonly standings: RowStandings;
}

/** A row's texts after mapping and edits. */
export function textsOf({ mapped, program }: ReviewedTable, row: number): ContactCells {
  return program.applyAll(row, mapped.texts(row));
}

export function proposalOf({ context }: ReviewedTable, [name, phone, email]: ContactCells): RowProposal {
  return proposeRow(name, phone, email, context);
}
