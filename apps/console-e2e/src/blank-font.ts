/** The name by which Chromium knows it. */
export const BLANK_FONT = 'Ponte Blank';

const UNITS = 1000;
/** As wide as letters of a typewriter, so that what falls back to it takes about the room that it would take elsewhere. */
const WIDTH = 600;
const ASCENT = 900;
const DESCENT = -250;
const HEADER_BYTES = 12;
const ENTRY_BYTES = 16;

type Field = [bytes: 1 | 2 | 4, value: number];

/**
 * A TrueType font in which every letter is an empty box of one width: the smallest that fontconfig and Chromium take.
 * The tables are those of the OpenType specification, with nothing in them that could be left out.
 */
export function blankFont(): Uint8Array {
  const tables: readonly (readonly [tag: string, content: Uint8Array])[] = [
    ['OS/2', os2()],
    ['cmap', cmap()],
    ['glyf', table([[4, 0]])],
    ['head', head()],
    ['hhea', hhea()],
    ['hmtx', table([u16(WIDTH), u16(0)])],
    ['loca', table([u16(0), u16(0)])],
    ['maxp', table([[4, 0x00010000], u16(1), ...zeros(13)])],
    ['name', names()],
    ['post', table([[4, 0x00030000], [4, 0], ...zeros(2), [4, 1], ...zeros(8)])],
  ];
  return assemble(tables);
}

const u16 = (value: number): Field => [2, value];
const zeros = (count: number): Field[] => Array.from({ length: count }, () => u16(0));

function table(fields: readonly Field[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 1) view.setUint8(at, value);
    else if (bytes === 2) view.setInt16(at, value);
    else view.setUint32(at, value);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

function head(): Uint8Array {
  const dates: Field[] = [
    [4, 0],
    [4, 0],
    [4, 0],
    [4, 0],
  ];
  return table([
    [4, 0x00010000],
    [4, 0x00010000],
    [4, 0],
    [4, 0x5f0f3cf5],
    ...[u16(3), u16(UNITS)],
    ...dates,
    ...[u16(0), u16(DESCENT), u16(WIDTH), u16(ASCENT)],
    ...[u16(0), u16(8), u16(2), u16(0), u16(0)],
  ]);
}

function hhea(): Uint8Array {
  return table([
    [4, 0x00010000],
    ...[u16(ASCENT), u16(DESCENT), u16(0), u16(WIDTH)],
    ...zeros(3),
    u16(1),
    ...zeros(7),
    u16(1),
  ]);
}

function os2(): Uint8Array {
  const panose: Field[] = Array.from({ length: 10 }, () => [1, 0]);
  const ranges: Field[] = [
    [4, 1],
    [4, 0],
    [4, 0],
    [4, 0],
    [4, 0x20202020],
  ];
  return table([
    ...[u16(3), u16(WIDTH), u16(400), u16(5), u16(0)],
    ...zeros(11),
    ...panose,
    ...ranges,
    ...[u16(0x40), u16(0x20), u16(0x20), u16(ASCENT), u16(DESCENT), u16(0), u16(ASCENT), u16(-DESCENT)],
    ...([
      [4, 1],
      [4, 0],
    ] as Field[]),
    ...[u16(500), u16(700), u16(0), u16(0x20), u16(1)],
  ]);
}

/** One character, the space; all others are the box that stands for what a font lacks. */
function cmap(): Uint8Array {
  const segments = [u16(0x20), u16(-1), u16(0), u16(0x20), u16(-1), u16(-0x20), u16(1), u16(0), u16(0)];
  const subtable = [...[u16(4), u16(32), u16(0), u16(4), u16(4), u16(1), u16(0)], ...segments];
  return table([u16(0), u16(1), u16(3), u16(1), [4, 12], ...subtable]);
}

function names(): Uint8Array {
  const texts = [
    [1, BLANK_FONT],
    [2, 'Regular'],
    [4, BLANK_FONT],
    [6, BLANK_FONT.replaceAll(' ', '')],
  ] as const;
  const records: Field[] = [];
  const letters: Field[] = [];
  for (const [id, text] of texts) {
    records.push(u16(3), u16(1), u16(0x409), u16(id), u16(text.length * 2), u16(letters.length * 2));
    for (const letter of text) letters.push(u16(letter.charCodeAt(0)));
  }
  return table([u16(0), u16(texts.length), u16(6 + texts.length * 12), ...records, ...letters]);
}

/** The directory, then the tables, each from a multiple of four. */
function assemble(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const padded = (bytes: number) => Math.ceil(bytes / 4) * 4;
  const first = HEADER_BYTES + ENTRY_BYTES * tables.length;
  const font = new Uint8Array(tables.reduce((sum, [, { length }]) => sum + padded(length), first));
  const largest = 2 ** Math.floor(Math.log2(tables.length));
  const search = [u16(largest * 16), u16(Math.log2(largest)), u16((tables.length - largest) * 16)];
  font.set(table([[4, 0x00010000], u16(tables.length), ...search]));
  let at = first;
  tables.forEach(([tag, content], index) => {
    font.set(content, at);
    const sum = checksum(font.subarray(at, at + padded(content.length)));
    const entry = HEADER_BYTES + ENTRY_BYTES * index;
    font.set(new TextEncoder().encode(tag), entry);
    font.set(
      table([
        [4, sum],
        [4, at],
        [4, content.length],
      ]),
      entry + 4,
    );
    at += padded(content.length);
  });
  return font;
}

function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}
