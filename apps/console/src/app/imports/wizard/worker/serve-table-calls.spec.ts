import { TableRefusal } from '@ponte/tabular';
import { describe, expect, test, vi } from 'vitest';
import type { WorkerAnswer, WorkerRequest } from '../wizard-types';
import { serveTableCall } from './serve-table-calls';
import { TableEngine } from './table-engine';

const openRequest = (file: File): WorkerRequest => ({
  id: 7,
  call: 'open',
  argument: { source: { file }, choice: {}, locale: 'pt-BR' },
});

async function ask(request: WorkerRequest, engine = new TableEngine()) {
  const answers: WorkerAnswer[] = [];
  const report = vi.fn();
  await serveTableCall(engine, request, (answer) => answers.push(answer), report);
  return { answers, report };
}

/** A file on a disk that does not answer any more. */
function lostFile(error: Error): File {
  const file = new File(['name;phone\n'], 'x.csv');
  file.slice = () => Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(error) });
  return file;
}

describe('a call', () => {
  test('is answered with its value', async () => {
    const { answers } = await ask(openRequest(new File(['Nome;Fone\nAna;1\nBia;2\n'], 'x.csv')));
    expect(answers).toEqual([
      { id: 7, kind: 'done', value: expect.objectContaining({ rows: 2, malformedRows: 0 }) as unknown },
    ]);
  });

  test.each<[title: string, content: string, code: string]>([
    ['an empty file', '', 'empty_file'],
    ['a PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'unsupported_type'],
  ])('is refused for %s', async (_, content, code) => {
    const { answers, report } = await ask(openRequest(new File([content], 'x.csv')));
    expect(answers).toMatchObject([{ id: 7, kind: 'refused', problem: { code } }]);
    expect(report).not.toHaveBeenCalled();
  });

  test('is refused with line and parameters', async () => {
    const server = new TableEngine();
    server.open = () => Promise.reject(new TableRefusal('too_many_rows', { line: 9, params: { limit: 3 } }));
    const { answers } = await ask(openRequest(new File(['a'], 'x.csv')), server);
    expect(answers).toEqual([
      { id: 7, kind: 'refused', problem: { code: 'too_many_rows', line: 9, params: { limit: 3 } } },
    ]);
  });

  test.each(['NotReadableError', 'NotFoundError'])('tells of a file that is gone: %s', async (name) => {
    const { answers, report } = await ask(openRequest(lostFile(new DOMException('gone', name))));
    expect(answers).toMatchObject([{ kind: 'refused', problem: { code: 'file_unreadable' } }]);
    expect(report).not.toHaveBeenCalled();
  });

  test('that fails for a reason of its own is reported, and told to the page without it', async () => {
    const error = new Error('a defect');
    const { answers, report } = await ask(openRequest(lostFile(error)));
    expect(answers).toMatchObject([{ kind: 'refused', problem: { code: 'worker_failed', line: null } }]);
    expect(report).toHaveBeenCalledWith(error);
  });

  test('about a table that is not there fails', async () => {
    const { answers } = await ask({ id: 1, call: 'duplicates', argument: { offset: 0, limit: 1 } });
    expect(answers).toMatchObject([{ kind: 'refused', problem: { code: 'worker_failed' } }]);
  });

  test('tells its progress ten times a second at most', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const engine = new TableEngine();
    engine.duplicates = () => ({ count: 0, items: [] });
    engine.output = (_, onProgress) => {
      for (let share = 0; share < 1; share += 0.01) {
        vi.advanceTimersByTime(10);
        onProgress(share);
      }
      return { blob: new Blob(), rows: 0, ownColumns: [] };
    };
    const titles = { column: '', errors: '' };
    const { answers } = await ask(
      { id: 3, call: 'output', argument: { kind: 'send', reasons: {}, titles } },
      engine,
    );
    vi.useRealTimers();
    const told = answers.filter(({ kind }) => kind === 'progress');
    expect(told.length).toBeGreaterThan(8);
    expect(told.length).toBeLessThanOrEqual(10);
    expect(answers.at(-1)?.kind).toBe('done');
  });
});
