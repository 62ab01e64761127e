import type { CsvRow } from '@ponte/tabular';
import { laneOf } from '../contacts';
import type { ErasedPeople } from '../erasures';
import type { ImportEntity } from './import.entity';
import { judgeRows, type JudgedRow } from './judge-rows';
import type { KnownPhones } from './known-phones';
import type { LaneWriter } from './lane-writer';
import { leaveOutErased } from './leave-out-erased';

/**
 * Judges the rows of a file and gives each to its lane, in the order of the file: all rows of one phone number go to one
 * lane. Rows that a lane has done already are left out.
 */
export async function fillLanes(
  batches: AsyncIterable<readonly CsvRow[]>,
  run: ImportEntity,
  lanes: readonly LaneWriter[],
  known: KnownPhones,
  erased: ErasedPeople,
  isCancelled: () => boolean,
): Promise<void> {
  const done = lanes.map(({ position }) => position);
  for await (const rows of judgedFrom(Math.min(...done) + 1, batches, run)) {
    for (const judged of rows) {
      // By the row as it stands in the file: it stays in its lane when its person is erased while the run goes on.
      const index = laneIndex(judged, lanes.length);
      const lane = lanes[index];
      if (lane === undefined || judged.row <= (done[index] ?? 0)) continue;
      const row = leaveOutErased(erased, judged, run.columns.fields);
      const mayBeKnown = row.contact !== null && known.add(row.contact.phone_number);
      if (lane.add(row, mayBeKnown)) await lane.flush();
    }
    if (isCancelled()) return;
  }
  for (const lane of lanes) await lane.flush();
}

/** The rows of one lane again, from the first to the last, as they were judged before. */
export async function rowsOfLane(
  batches: AsyncIterable<readonly CsvRow[]>,
  run: ImportEntity,
  lane: { index: number; of: number },
  erased: ErasedPeople,
  first: number,
  last: number,
): Promise<JudgedRow[]> {
  const found: JudgedRow[] = [];
  for await (const rows of judgedFrom(first, batches, run)) {
    for (const row of rows) {
      const isIn = row.row >= first && row.row <= last;
      if (isIn && laneIndex(row, lane.of) === lane.index)
        found.push(leaveOutErased(erased, row, run.columns.fields));
    }
    if ((rows.at(-1)?.row ?? 0) >= last) break;
  }
  return found;
}

function laneIndex({ row, contact }: JudgedRow, lanes: number): number {
  return (contact === null ? row : laneOf(contact.phone_number)) % lanes;
}

/** Judges whole batches from the one on that has the row `first`. */
async function* judgedFrom(
  first: number,
  batches: AsyncIterable<readonly CsvRow[]>,
  { columns }: ImportEntity,
): AsyncGenerator<readonly JudgedRow[]> {
  let row = 1;
  for await (const batch of batches) {
    if (row + batch.length > first) yield judgeRows(batch, row, columns.fields);
    row += batch.length;
  }
}
