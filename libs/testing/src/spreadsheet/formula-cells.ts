import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What LibreOffice is told to split by: code points, as its CSV filter names them. */
const SEPARATORS: Readonly<Record<string, string>> = {
  commas: '44',
  semicolons: '59',
  tabs: '9',
  'all three': '44/59/9',
};

/** Quotes, UTF-8, from the first line, in Portuguese, special numbers detected, blanks dropped, formulas evaluated. */
const OPTIONS = '34,76,1,,1046,false,true,false,false,true,-1,true';

/** Five seconds on a machine that does nothing else. */
const LIMIT_MS = 300_000;

const FORMULA = /table:formula="([^"]*)"/g;
const ROW = /<table:table-row[ >]/;

/**
 * The cells that LibreOffice takes for formulas when it opens CSV files by commas, by semicolons, by tabs and by all three:
 * `contacts.csv by semicolons: of:=1+1`. Throws when it could not open one of the files.
 */
export async function formulaCells(files: Readonly<Record<string, Uint8Array | string>>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ponte-spreadsheet-'));
  try {
    const names = Object.keys(files);
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const found: string[] = [];
    for (const [separator, codes] of Object.entries(SEPARATORS)) {
      const output = join(folder, separator);
      await convert(folder, output, `CSV:${codes},${OPTIONS}`, names);
      for (const name of names) {
        const sheet = await readFile(join(output, name.replace(/\.csv$/, '.fods')), 'utf8');
        if (!ROW.test(sheet)) throw new Error(`LibreOffice found no row in ${name}.`);
        found.push(
          ...Array.from(sheet.matchAll(FORMULA), ([, formula]) => `${name} by ${separator}: ${formula}`),
        );
      }
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One process for all files, with a profile of its own: a LibreOffice that is open already would take the work over. */
async function convert(folder: string, output: string, filter: string, names: readonly string[]) {
  const profile = pathToFileURL(join(folder, 'profile')).href;
  await run(
    'soffice',
    [
      `-env:UserInstallation=${profile}`,
      '--headless',
      '--norestore',
      `--infilter=${filter}`,
      ...['--convert-to', 'fods', '--outdir', output],
      ...names.map((name) => join(folder, name)),
    ],
    { timeout: LIMIT_MS, env: { ...process.env, HOME: folder } },
  );
}
