import { isBlankCell } from './packed-column';
import type { RowStore } from './row-store';

const SAMPLES = 3;

/** Samples are for the eye. */
const SAMPLE_UNITS = 200;

/** Up to three different values of a column, in file order. */
export function sampleColumn(store: RowStore, column: number): readonly string[] {
  const samples: string[] = [];
  if (store.filled(column) === 0) return samples;
  for (const { columns } of store.read([column])) {
    for (const cell of columns[0] ?? []) {
      if (isBlankCell(cell)) continue;
      const sample = cell.trim().slice(0, SAMPLE_UNITS);
      if (!samples.includes(sample)) samples.push(sample);
      if (samples.length === SAMPLES) return samples;
    }
  }
  return samples;
}
