import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Contact } from '@ponte/contacts';

const CORPUS = new URL('../corpus/', import.meta.url);

/** What a file is for: posted to the import API, or chosen in the console's wizard. */
export type CorpusKind = 'api' | 'wizard-csv' | 'wizard-xlsx';

/** A row that must be rejected. `row` counts data rows from 1, `line` physical lines from 1. */
export interface CorpusRejection {
  readonly row: number;
  readonly line?: number;
  readonly reasons: readonly string[];
}

/** The file is read; its rows are accepted or rejected one by one. */
export interface CorpusProcessed {
  readonly outcome: 'processed';
  readonly rows_total: number;
  readonly rows_accepted: number;
  readonly rows_rejected: number;
  readonly contacts: number;
  readonly duplicates_in_file: number;
  readonly rejected: readonly CorpusRejection[];
  readonly final: readonly Contact[];
  readonly final_is_sample?: boolean;
}

/** The file is refused as a whole. A reason may carry `:` and a column or a line. */
export interface CorpusRefused {
  readonly outcome: 'refused';
  readonly reasons: readonly string[];
  readonly contacts?: number;
}

/** What becomes of the rows that the wizard read. One file says no more than how many rows it has. */
export interface CorpusVerdict extends Partial<
  Pick<CorpusProcessed, 'rows_accepted' | 'rows_rejected' | 'contacts' | 'rejected' | 'final'>
> {
  readonly rows_total: number;
}

/** What the wizard must read. Its parts are described by the manifest's own `reading` table. */
export interface CorpusReadable {
  readonly outcome: 'readable';
  readonly headers?: readonly string[];
  readonly cells?: readonly (readonly string[])[];
  readonly mapping?: Readonly<Record<string, string>>;
  readonly detect?: Readonly<Record<string, string | number>>;
  readonly strict?: CorpusVerdict;
  readonly repaired_BR?: CorpusVerdict;
}

/** One outcome of the manifest. */
export type CorpusOutcome = CorpusProcessed | CorpusRefused | CorpusReadable;

/** One file of the corpus with the outcome that it must have. The words are the manifest's. */
export interface CorpusItem {
  readonly file: string;
  readonly kind: CorpusKind;
  readonly probes: string;
  readonly size: number;
  readonly sha256: string;
  readonly expect: CorpusOutcome;
  readonly policy: boolean;
  readonly policy_note?: string;
  readonly also_acceptable?: readonly CorpusOutcome[];
  readonly must_not?: readonly string[];
  readonly reasons_any?: readonly string[];
  readonly email_compare?: string;
  readonly max_seconds?: number;
  readonly max_memory_mb?: number;
}

interface CorpusManifest {
  readonly items: readonly CorpusItem[];
  readonly upload_file_names: readonly { readonly name: string; readonly expect: string }[];
  readonly http_cases: readonly { readonly case: string; readonly expect: string }[];
}

let manifest: CorpusManifest | null = null;

function readManifest(): CorpusManifest {
  manifest ??= JSON.parse(readFileSync(new URL('manifest.json', CORPUS), 'utf8')) as CorpusManifest;
  return manifest;
}

/** The corpus' files in the manifest's order, of one kind or all. Throws when the manifest cannot be read. */
export function corpusItems(kind?: CorpusKind): readonly CorpusItem[] {
  const { items } = readManifest();
  return kind === undefined ? items : items.filter((item) => item.kind === kind);
}

/** The bytes of one file. Throws when they are not the ones that the manifest describes. */
export function corpusFile(item: Pick<CorpusItem, 'file' | 'sha256'>): Uint8Array {
  const bytes = readFileSync(corpusPath(item));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== item.sha256) throw new Error(`${item.file} is not the file of the manifest: ${sha256}`);
  return bytes;
}

/** Where the file lies on disk, for a browser's file chooser. */
export function corpusPath(item: Pick<CorpusItem, 'file'>): string {
  return fileURLToPath(new URL(item.file, CORPUS));
}

/** Hostile names of uploaded files and what must become of them. */
export function corpusUploadNames(): CorpusManifest['upload_file_names'] {
  return readManifest().upload_file_names;
}

/** Misbehaving HTTP clients and what must become of them, in words. */
export function corpusHttpCases(): CorpusManifest['http_cases'] {
  return readManifest().http_cases;
}
