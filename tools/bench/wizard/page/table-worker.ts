/** The part of the worker's protocol that a benchmark needs; the console's own types are not for others to import. */
interface Opened {
  readonly rows: number;
  readonly columns: readonly { readonly guess: { readonly role: string | null } }[];
}

interface Reviewed {
  readonly rows: { readonly ready: number };
}

type Answer =
  | { readonly id: number; readonly kind: 'progress' }
  | { readonly id: number; readonly kind: 'done'; readonly value: unknown }
  | { readonly id: number; readonly kind: 'refused'; readonly problem: unknown };

export interface TableTimes {
  readonly contacts: number;
  /** Milliseconds of each part. */
  readonly parts: { readonly open: number; readonly review: number; readonly output: number };
}

/** Takes a file through the console's own worker: open, repair and check, write the CSV of what is good. */
export async function importWithTableWorker(worker: Worker, file: File): Promise<TableTimes> {
  const marks = [performance.now()];
  const opened = (await call(worker, 'open', { source: { file }, choice: {}, locale: 'pt-BR' })) as Opened;
  marks.push(performance.now());
  const review = (await call(worker, 'review', {
    mapping: { roles: opened.columns.map(({ guess }) => guess.role), defaults: {} },
    repairs: ['phone_add_country'],
    areaCode: null,
    edits: [],
    duplicates: 'each',
    duplicatesOf: {},
  })) as Reviewed;
  marks.push(performance.now());
  const output = (await call(worker, 'output', {
    kind: 'clean',
    reasons: {},
    titles: { column: 'Coluna', errors: 'Erros' },
  })) as { readonly rows: number };
  marks.push(performance.now());
  if (output.rows !== review.rows.ready) throw new Error(`${output.rows} rows written`);
  const [start = 0, open = 0, reviewed = 0, written = 0] = marks;
  return {
    contacts: output.rows,
    parts: { open: open - start, review: reviewed - open, output: written - reviewed },
  };
}

let calls = 0;

function call(worker: Worker, name: string, argument: unknown): Promise<unknown> {
  const id = ++calls;
  return new Promise((resolve, reject) => {
    const end = (finish: () => void) => {
      worker.removeEventListener('message', hear);
      worker.removeEventListener('error', fail);
      finish();
    };
    const hear = ({ data }: MessageEvent<Answer>) => {
      if (data.id !== id || data.kind === 'progress') return;
      if (data.kind === 'done') end(() => resolve(data.value));
      else end(() => reject(new Error(`${name}: ${JSON.stringify(data.problem)}`)));
    };
    const fail = (event: ErrorEvent) => end(() => reject(new Error(`${name}: ${event.message}`)));
    worker.addEventListener('message', hear);
    worker.addEventListener('error', fail);
    worker.postMessage({ id, call: name, argument });
  });
}
