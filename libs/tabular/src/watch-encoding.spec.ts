import { describe, expect, test } from 'vitest';
import { bytesSource, type ByteSource } from './byte-source';
import { openTable } from './open-table';
import type { TableDetection, TableRow } from './table';
import { TableRefusal } from './table-refusal';
import { EncodingMistaken } from './watch-encoding';

const LIMITS = { maxRows: 100_000, maxColumns: 10, maxCellBytes: 10_000 };

/** Far more than the beginning that is guessed from. */
const LINES = 20_000;
const plainLine = (line: number) => `Ana Lima ${line};11987654321;ana${line}@example.com\r\n`;

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A file of plain lines between two that are given. */
function fileOf(first: Uint8Array, last: Uint8Array): Uint8Array {
  const middle = utf8(Array.from({ length: LINES }, (_, line) => plainLine(line)).join(''));
  return Uint8Array.from([...utf8('nome;telefone;email\r\n'), ...first, ...middle, ...last]);
}

interface Read {
  readonly detection: TableDetection | null;
  readonly rows: readonly TableRow[];
  readonly refusal: string | null;
}

async function read(source: ByteSource, encodingFrom: 'whole' | 'start'): Promise<Read> {
  const rows: TableRow[] = [];
  let detection: TableDetection | null = null;
  try {
    const table = await openTable(source, { limits: LIMITS, locale: 'pt-BR', encodingFrom });
    ({ detection } = table);
    for await (const batch of table.rows()) rows.push(...batch);
  } catch (error) {
    if (!(error instanceof TableRefusal)) throw error;
    return { detection, rows: [], refusal: error.code };
  }
  return { detection, rows, refusal: null };
}

/** How often the source was read, and what was read in the end. */
async function readGuessing(bytes: Uint8Array): Promise<Read & { readonly readings: number }> {
  const source = bytesSource(bytes);
  try {
    return { ...(await read(source, 'start')), readings: 1 };
  } catch (error) {
    if (!(error instanceof EncodingMistaken)) throw error;
    return { ...(await read(source, 'start')), readings: 2 };
  }
}

describe('an encoding that is guessed from the beginning', () => {
  const line = 'João;11987654321;joao@example.com\r\n';
  const none = new Uint8Array(0);
  test.each<[title: string, first: Uint8Array, last: Uint8Array, readings: number]>([
    ['ASCII alone', none, none, 1],
    ['Windows-1252 from the start', latin1(line), latin1(line), 1],
    ['UTF-8 from the start', utf8(line), utf8(line), 1],
    ['a byte order mark', utf8(`\ufeff${line}`), none, 1],
    ['UTF-8 that shows late', none, utf8(line), 2],
    ['Windows-1252 that shows late', none, latin1(line), 2],
    ['Windows-1252 with UTF-8 at the end', latin1(line), utf8(line), 2],
    ['UTF-8 with Windows-1252 at the end', utf8(line), latin1(line), 2],
    ['UTF-8 that is cut at its end', utf8(line), utf8('João').slice(0, 3), 2],
    ['an end of old programs', latin1(line), latin1('\u001a\u001a'), 1],
    ['a quote that is never closed', latin1(line), latin1('"Ana;11987654321'), 1],
    ['one that is never closed, in another encoding', none, latin1('"João;11987654321'), 2],
  ])('%s', async (_, first, last, readings) => {
    const bytes = fileOf(first, last);
    expect(await readGuessing(bytes)).toEqual({ ...(await read(bytesSource(bytes), 'whole')), readings });
  });

  test('may be cut in the middle of a character', async () => {
    for (const shift of [0, 1, 2]) {
      const bytes = utf8(`nome;telefone\n${'x'.repeat(shift)}${'ação €;11987654321\n'.repeat(LINES)}`);
      expect(await readGuessing(bytes)).toEqual({
        ...(await read(bytesSource(bytes), 'whole')),
        readings: 1,
      });
    }
  });
});
