/** Who reads a workbook in the benchmark. */
export const READERS = ['tabular', 'exceljs'] as const;
export type Reader = (typeof READERS)[number];

export interface Reading {
  readonly reader: Reader;
  readonly milliseconds: number;
  /** Of the whole process, at its peak. */
  readonly peakBytes: number;
  /** Rows that were read, the header's not counted. */
  readonly rows: number;
}
