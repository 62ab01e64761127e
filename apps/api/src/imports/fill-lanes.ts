import type { CsvRow } from '@ponte/tabular';
import { laneOf } from '../contacts';
import type { ImportEntity } from './import.entity';
import { judgeRows } from './judge-rows';
import type { KnownPhones } from './known-phones';
import type { LaneWriter } from './lane-writer';
import type { LaneRow } from './write-batch';

/**
 * Judges the rows of a file and gives each to its lane, in the order of the file: all rows of one phone number go to one
 * lane. Rows that a lane has done already are left out. `known` is null when every number is to be asked for.
 */
export async function fillLanes(
  batches: AsyncIterable<readonly CsvRow[]>,
  { columns }: ImportEntity,
  lanes: readonly LaneWriter<LaneRow>[],
  known: KnownPhones | null,
  isCancelled: () => boolean,
): Promise<void> {
  const done = Math.min(...lanes.map(({ position }) => position));
  let first = 1;
  for await (const batch of batches) {
    const rows = first + batch.length > done + 1 ? judgeRows(batch, first, columns.fields) : [];
    for (const judged of rows) {
      const phoneNumber = judged.contact?.phone_number;
      const writer = lanes[(phoneNumber === undefined ? judged.row : laneOf(phoneNumber)) % lanes.length];
      if (writer === undefined || judged.row <= writer.position) continue;
      const mayBeKnown = phoneNumber !== undefined && (known?.add(phoneNumber) ?? true);
      if (writer.add(Object.assign(judged, { mayBeKnown }))) await writer.flush();
    }
    if (isCancelled()) return;
    first += batch.length;
  }
  for (const writer of lanes) await writer.flush();
}
