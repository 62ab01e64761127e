import type { ColumnView, OpenedView, TableCall, TableCalls, TableProblem } from './wizard-types';
import type { CallOptions } from './table-client';
import { TableFailure } from './table-client';

/** Builders and a worker's stand-in for the wizard's tests. */
export function columnOf(changes: Partial<ColumnView>): ColumnView {
  return {
    header: 'Coluna',
    samples: ['a', 'b', 'c'],
    fillRate: 1,
    guess: { role: null, reason: 'none' },
    ...changes,
  };
}

export function openedOf(changes: Partial<OpenedView> = {}): OpenedView {
  return {
    detection: {
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ';',
      sheets: [],
      sheet: null,
      headerLine: 1,
    },
    rows: 2,
    hiddenRows: 0,
    malformedRows: 0,
    columns: [
      columnOf({ header: 'Cliente', guess: { role: 'name', reason: 'header_word', word: 'cliente' } }),
      columnOf({
        header: 'Celular',
        guess: { role: 'phone_number', reason: 'header_word', word: 'celular' },
      }),
      columnOf({ header: 'Fone', guess: { role: null, reason: 'same_as_other', word: 'fone' } }),
    ],
    top: [],
    encodings: [],
    ...changes,
  };
}

interface Asked {
  readonly call: TableCall;
  readonly argument: unknown;
  progress(share: number): void;
  answer(value: ReturnType<TableCalls[TableCall]>): Promise<void>;
  refuse(problem: Partial<TableProblem>): Promise<void>;
}

/** Stands in for the client: the test answers when it wants, in the order that it wants. */
export class FakeTableClient {
  readonly asked: Asked[] = [];
  isTerminated = false;

  call(call: TableCall, argument: unknown, options: CallOptions = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const afterwards = () => new Promise<void>((done) => setTimeout(done));
      this.asked.push({
        call,
        argument,
        progress: (share) => options.onProgress?.(share),
        answer: (value) => {
          resolve(value);
          return afterwards();
        },
        refuse: (problem) => {
          reject(new TableFailure({ code: 'corrupt_workbook', line: null, params: {}, ...problem }));
          return afterwards();
        },
      });
    });
  }

  /** The call that was made last. */
  last(): Asked {
    const last = this.asked.at(-1);
    if (last === undefined) throw new Error('Nothing was asked of the worker');
    return last;
  }

  terminate(): void {
    this.isTerminated = true;
  }
}
