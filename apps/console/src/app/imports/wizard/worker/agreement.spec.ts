import { corpusFile, corpusItems, generateContactsCsv } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { mappingOf, serverFile, TestTable } from './testing';

async function expectSameVerdicts(blob: Blob): Promise<void> {
  const file = await serverFile(blob);
  if (file === null) return;
  const { headerLine, rows: server } = file;
  // Which row is the header is another question, and for the server it is always the first one.
  const table = await TestTable.open(new Uint8Array(await blob.arrayBuffer()), { headerLine });
  const mapping = mappingOf(table.opened.columns.map(({ header }) => header));
  const review = table.review({ mapping });
  const problems = table.rows({ kind: 'problems' }, 1_000_000);
  expect(problems.map(({ line }) => line)).toEqual(
    server.filter(({ codes }) => codes.length > 0).map(({ line }) => line),
  );
  expect(review.rows).toEqual({
    total: server.length,
    ready: server.length - problems.length,
    problems: problems.length,
    leftOut: 0,
    merged: 0,
  });
  const output = table.output('send');
  expect(output.rows).toBe(server.length);
  const sent = await serverFile(output.blob, output.ownColumns.length);
  expect(sent?.rows.map(({ codes }) => codes)).toEqual(server.map(({ codes }) => codes));
  const lines = sent?.rows.filter(({ codes }) => codes.length > 0).map(({ cells }) => cells[3]);
  expect(lines).toEqual(problems.map(({ line }) => `${line}`));
}

describe('the worker and the server agree', () => {
  test.each(corpusItems('api').map((item) => [item.file, item] as const))('%s', async (_, item) => {
    await expectSameVerdicts(new Blob([new Uint8Array(corpusFile(item))]));
  });

  test('on 100,000 generated rows', async () => {
    const parts: Blob[] = [];
    for await (const bytes of generateContactsCsv({ rows: 100_000, seed: 7 }).bytes())
      parts.push(new Blob([new Uint8Array(bytes)]));
    await expectSameVerdicts(new Blob(parts));
  }, 60_000);
});
