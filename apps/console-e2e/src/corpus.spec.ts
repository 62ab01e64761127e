import { compareReading, corpusFile, corpusItems } from '@ponte/testing';
import { longestTask } from './worker/main-thread';
import { peakGrowth } from './worker/page-memory';
import { readTable } from './worker/read-table';
import { expect, test } from './worker/table-stories';

/** Beyond the manifest's own: what the machine may need to start a worker while it is busy with something else. */
const START_SECONDS = 3;

/** Where nothing is said, a file of the corpus is small. */
const SECONDS = 10;

for (const item of [...corpusItems('wizard-csv'), ...corpusItems('wizard-xlsx')]) {
  test(`${item.file} in the built worker: ${item.probes}`, async ({ table }) => {
    await table.choose(item.file, corpusFile(item));
    expect(compareReading(item, await readTable(table))).toEqual([]);
    expect(table.seconds).toBeLessThan((item.max_seconds ?? SECONDS) + START_SECONDS);
  });
}

test.describe('files that attack', () => {
  const hostile = corpusItems('wizard-xlsx').filter((item) => item.max_memory_mb !== undefined);

  for (const item of hostile) {
    test(`${item.file}: at most ${item.max_memory_mb} MB, and the page stays alive`, async ({
      browser,
      table,
    }) => {
      await table.choose(item.file, corpusFile(item));
      const longest = { milliseconds: 0 };
      const bytes = await peakGrowth(browser, async () => {
        longest.milliseconds = await longestTask(browser, table.page, async () => {
          await readTable(table);
        });
      });
      expect(bytes / 1024 / 1024).toBeLessThan(item.max_memory_mb ?? 0);
      expect(longest.milliseconds).toBeLessThan(50);
    });
  }
});
