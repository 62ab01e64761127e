import { digestContacts, generateContactsCsv, type ExpectedImport } from '@ponte/testing';
import type { Contact } from '@ponte/contacts';
import type { ImportView, RunState } from '@ponte/contracts';
import { until, type Account } from './account';
import type { Stage } from './stage';

/** A generated file and what importing it into an empty account must give. */
export interface Sample {
  readonly file: Blob;
  readonly expected: ExpectedImport;
  /** A number of one row only, behind this share of the file. */
  phoneAt(share: number): string;
}

const samples = new Map<string, Promise<Sample>>();

/** The same for the same rows and seed, made once. */
export function sampleOf(rows: number, seed = 7): Promise<Sample> {
  const key = `${rows} ${seed}`;
  const sample = samples.get(key) ?? makeSample(rows, seed);
  samples.set(key, sample);
  return sample;
}

async function makeSample(rows: number, seed: number): Promise<Sample> {
  const generated = generateContactsCsv({ rows, seed });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of generated.bytes()) chunks.push(Uint8Array.from(chunk));
  const file = new Blob(chunks);
  const text = await file.text();
  return {
    file,
    expected: generated.expected(),
    phoneAt: (share) => {
      const later = text.slice(Math.floor(text.length * share)).match(/\+55[1-9]{2}9[6-9]\d{7}(?=,)/g) ?? [];
      const phone = later.find((candidate) => text.indexOf(candidate) === text.lastIndexOf(candidate));
      if (phone === undefined) throw new Error('The file has no number of one row there.');
      return phone;
    },
  };
}

/** Throws, with both, unless they are the same. */
export function assertSame(what: string, actual: unknown, expected: unknown): void {
  const [found, wanted] = [stable(actual), stable(expected)];
  if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}.`);
}

function stable(value: unknown): string {
  const sorted = (inner: unknown): unknown =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, of]) => [key, sorted(of)]),
        )
      : inner;
  return JSON.stringify(sorted(value)) ?? 'nothing';
}

/** Contacts, rejected rows, counts and the one e-mail of an import into an empty account are those of its file. */
export async function assertExact(account: Account, importId: number, { expected }: Sample): Promise<void> {
  const view = await account.importEnd(importId);
  assertSame('the end', [view.state, view.error], ['finished', null]);
  const { total, created, updated, unchanged, failed } = expected;
  assertSame('the counts', view.rows, {
    total,
    done: total,
    created,
    updated,
    unchanged,
    skipped: 0,
    failed,
  });
  assertSame('the reasons', view.rejected_by_code, expected.rejectedByCode);
  assertSame(
    'the rejected rows',
    await account.stage.query(
      `SELECT row_number AS row, line, codes->>0 AS code FROM import_rejected_rows WHERE import_id = $1 ORDER BY 1`,
      [importId],
    ),
    expected.rejected,
  );
  await assertContacts(account, expected);
  await assertMails(account.stage, 'import_finished', importId, 1);
}

export async function assertContacts(
  { stage, id }: Account,
  expected: Pick<ExpectedImport, 'contacts' | 'digest'>,
): Promise<void> {
  const contacts = await stage.query<Contact>(
    'SELECT name, phone_number, email FROM contacts WHERE account_id = $1',
    [id],
  );
  const found = { contacts: contacts.length, digest: digestContacts(contacts) };
  assertSame('the contacts', found, { contacts: expected.contacts, digest: expected.digest });
}

/**
 * An import into an empty account that stopped before its end: what it counted is what it wrote, the sum closes, and the
 * right e-mail went out once.
 */
export async function assertStopped(
  { stage, id }: Account,
  view: ImportView,
  state: RunState,
  code: string | null,
): Promise<void> {
  assertSame('the end', [view.state, view.error?.code ?? null], [state, code]);
  const { total, created, updated, unchanged, skipped, failed } = view.rows;
  assertSame('the sum', created + updated + unchanged + skipped + failed, total);
  if (Math.min(...Object.values(view.rows)) < 0) throw new Error(`A count is negative: ${stable(view.rows)}`);
  const [kept] = await stage.query(
    `SELECT (SELECT count(*) FROM contacts WHERE account_id = $1) AS created,
       (SELECT count(*) FROM import_rejected_rows WHERE import_id = $2) AS failed`,
    [id, view.id],
  );
  assertSame('what was written', kept, { created, failed });
  await assertMails(stage, state === 'cancelled' ? 'import_cancelled' : 'import_failed', view.id, 1);
}

/** The e-mail of this kind about a run came so many times. It may still be on its way. */
export async function assertMails(
  stage: Stage,
  kind: string,
  runId: number,
  count: number,
  limitMs = 60_000,
): Promise<void> {
  const arrived = () => mailsOf(stage, `<${kind}.${runId}.`).length;
  await until(`${count} e-mails ${kind} ${runId}`, arrived, (found) => found >= count, limitMs);
  assertSame(`the e-mails ${kind} ${runId}`, arrived(), count);
}

/** Message-IDs begin with the kind of the e-mail and the number of its run. */
export function mailsOf(stage: Stage, begin: string) {
  return stage.mailbox.mails.filter(({ messageId }) => messageId?.startsWith(begin) === true);
}
