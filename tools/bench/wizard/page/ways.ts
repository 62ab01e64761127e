/** The ways that a file can take in the benchmark's page. */
export const WAYS = ['ponte', 'rows', 'plain', 'rsi', 'rsi_mended'] as const;
export type Way = (typeof WAYS)[number];

export interface Timing {
  readonly milliseconds: number;
  /** Rows without a fault; `null` where nothing was checked. */
  readonly contacts: number | null;
  /** Rows that were read, where they are only counted. */
  readonly rows?: number;
  readonly parts?: Readonly<Record<string, number>>;
}
