import { expect, test } from 'vitest';
import { readCsv } from './read-csv';
test('smoke', async () => {
  const text = '\ufeffname,phone\r\n"a\r\nb",1\r\n\r\n"x" y,2\nz"q"z,3\r"un""q",\n,,\nlast,é';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 7, 1000]) {
    const out: unknown[] = [];
    for await (const b of readCsv((async function* () { for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size); })(), { limits: { maxRows: 100, maxColumns: 10, maxCellBytes: 1000 } })) out.push(b.map((r) => [r.line, ...r.cells, r.isMalformed]));
    if (size === 1) console.log(JSON.stringify(out));
    expect(out.flat()).toEqual([[1,'name','phone',false],[2,'a\r\nb','1',false],[5,'"x" y','2',true],[6,'z"q"z','3',false],[7,'un"q','',false],[9,'last','é',false]]);
  }
});
