import type { Queue, Stage } from './stage';

/** How much a case does: the whole harness, or its quick half. */
export interface Size {
  /** Rows of a file that a fault meets in its middle. */
  readonly rows: number;
  /** How often a process is ended in one run, and runs are cancelled. */
  readonly times: number;
  /** How long a server is away. */
  readonly outageMs: number;
}

export const SIZES = {
  whole: { rows: 30_000, times: 10, outageMs: 6_000 },
  quick: { rows: 5_000, times: 2, outageMs: 2_500 },
} as const satisfies Record<string, Size>;

export interface Outcome {
  /** From the end of the fault, or from the fault when it does not end, until the work got ahead again. */
  readonly recoveredMs?: number;
  /** A figure of this case, such as a latency. */
  readonly note?: string;
  /** Why the case could not be tried on this machine. */
  readonly skipped?: string;
}

export interface FaultCase {
  readonly name: string;
  /** Where it applies; both queues when it is left out. */
  readonly queues?: readonly Queue[];
  /** Workers that are there when it begins. */
  readonly workers?: number;
  /** What is compared with what it must be, in words for the table. */
  readonly compared: string;
  readonly limitSeconds?: number;
  /** Whether the quick half has it. */
  readonly isQuick?: boolean;
  /** Throws what was expected and found when the fault did damage. */
  run(stage: Stage, size: Size): Promise<Outcome>;
}

/** Contacts by their digest, rejected rows, counts and e-mails. */
export const EXACT = 'contacts, rejected rows, sum, one e-mail';
export const STOPPED = 'what was counted is what was written, sum, one e-mail';

export const since = (began: number): number => performance.now() - began;
