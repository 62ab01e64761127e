import type { ImportOptions } from '@ponte/contracts';
import type { TableChoice } from '@ponte/tabular';
import { type Remembered, WIZARD_STEPS, type WizardStep } from '../wizard-state';
import type { Decisions, TableSource } from '../wizard-types';

const VERSION = 1;
const DAY_MS = 24 * 60 * 60 * 1000;
export const DRAFT_DAYS = 7;

/** Everything but the cells: small, and written again after each decision. */
export interface DraftState {
  readonly step: WizardStep;
  readonly choice: TableChoice;
  readonly existing: ImportOptions['existing'];
  readonly decisions: Decisions | null;
  readonly remembered: Remembered | null;
}

/** Somebody's unfinished import, as it comes back. */
export interface Draft {
  readonly source: TableSource;
  readonly sourceId: string;
  readonly savedAt: number;
  readonly state: DraftState;
}

/** How the source is stored. The name goes beside the bytes: not every browser keeps it with them. */
export type StoredSource =
  | { readonly kind: 'file'; readonly blob: Blob; readonly name: string; readonly lastModified: number }
  | { readonly kind: 'text'; readonly text: string };

/** `sourceId` ties the state to its source: two tabs may have written one after the other. */
export interface StoredState extends DraftState {
  readonly version: typeof VERSION;
  readonly sourceId: string;
  readonly savedAt: number;
}

export function encodeSource(source: TableSource): StoredSource {
  if ('text' in source) return { kind: 'text', text: source.text };
  const { file } = source;
  return { kind: 'file', blob: file, name: file.name, lastModified: file.lastModified };
}

export function encodeState(state: DraftState, sourceId: string, now: number): StoredState {
  return { ...state, version: VERSION, sourceId, savedAt: now };
}

/** What was stored as a draft again; null for one of another version, one that is too old, or none. */
export function decodeDraft(source: unknown, state: unknown, now: number): Draft | null {
  const table = decodeSource(source);
  if (table === null || !isState(state) || isExpired(state, now)) return null;
  const { step, choice, existing, decisions, remembered, savedAt, sourceId } = state;
  return { source: table, sourceId, savedAt, state: { step, choice, existing, decisions, remembered } };
}

export function isExpired(state: unknown, now: number): boolean {
  return !isState(state) || now - state.savedAt > DRAFT_DAYS * DAY_MS;
}

function decodeSource(value: unknown): TableSource | null {
  if (!isRecord(value)) return null;
  if (value['kind'] === 'text' && typeof value['text'] === 'string') return { text: value['text'] };
  const { blob, name, lastModified } = value;
  if (!(blob instanceof Blob) || typeof name !== 'string') return null;
  const options = { type: blob.type, lastModified: Number(lastModified) };
  return { file: new File([blob], name, options) };
}

/** Only this program writes here, so that the version vouches for the rest; the mapping is what a crash would need. */
function isState(value: unknown): value is StoredState {
  if (!isRecord(value) || value['version'] !== VERSION || typeof value['savedAt'] !== 'number') return false;
  const { step, choice, decisions } = value;
  if (!WIZARD_STEPS.some((each) => each === step) || !isRecord(choice)) return false;
  return decisions === null || (isRecord(decisions) && isRecord(decisions['mapping']));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
