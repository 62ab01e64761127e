import { corpusFile, corpusItems, createRandom, type Random } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import {
  bytesSource,
  csvLine,
  DELIMITERS,
  openTable,
  TableRefusal,
  type Delimiter,
  type Encoding,
  type TableChoice,
} from './index';
import { readText } from './read-text';
import { HIGH_CHARACTERS } from './single-byte-encodings';

const LIMITS = { maxRows: 10_000, maxColumns: 100, maxCellBytes: 100_000 };

const WORDS =
  `José Conceição Ângela Gonçalves Antônio Araújo Inês Brandão João Sá Lúcia Tomé André Mônica Patrícia Vitória
  São Brasília Goiânia Ribeirão Maceió Belém Cuiabá Fábio Flávia Luís Élcio Comércio Açúcar Café Construções Núñez Avó
  Mãe Irmãos Açaí Itaú Magalhães Guimarães Simões Praça Maria Ana Silva Lima da de e`.split(/\s+/);

const NASTY = [
  '"',
  '""',
  "'",
  ';',
  ',',
  '|',
  '\t',
  '\n',
  '\r\n',
  '\r',
  ' ',
  '=1+1',
  '\0',
  '<b>',
  'sep=;',
  '\x1a',
  '#',
];

function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8' || encoding === 'mixed') return new TextEncoder().encode(text);
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  if (encoding === 'utf-16le') return Uint8Array.from(units.flatMap((unit) => [unit & 255, unit >> 8]));
  if (encoding === 'utf-16be') return Uint8Array.from(units.flatMap((unit) => [unit >> 8, unit & 255]));
  const high = HIGH_CHARACTERS[encoding];
  return Uint8Array.from(units, (unit) =>
    unit < 0x80 ? unit : 0x80 + high.indexOf(String.fromCharCode(unit)),
  );
}

/** One line as the commas' own writer writes it, with another delimiter. */
function writeLine(cells: readonly string[], delimiter: Delimiter, lineEnd: string): string {
  if (delimiter === ',') return csvLine(cells, { formulas: 'keep' }).replace(/\r\n$/, lineEnd);
  const needsQuotes = (cell: string) => cell.includes(delimiter) || /["\r\n]/.test(cell);
  const written = cells.map((cell) => (needsQuotes(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return written.join(delimiter) + lineEnd;
}

async function read(bytes: Uint8Array, choice?: TableChoice) {
  const table = await openTable(bytesSource(bytes), {
    limits: LIMITS,
    locale: 'pt-BR',
    ...(choice && { choice }),
  });
  const rows: (readonly string[])[] = [];
  for await (const batch of table.rows()) rows.push(...batch.map(({ cells }) => cells));
  return { ...table, rows };
}

const pickSome = (random: Random, most: number, from: readonly string[], between: string) =>
  Array.from({ length: 1 + random.below(most) }, () => random.pick(from)).join(between);

function planPhone(random: Random): string {
  const number = String(900_000_000 + random.below(99_999_999));
  return random.pick([`+5511${number}`, `(11) ${number.slice(0, 5)}-${number.slice(5)}`, `11${number}`]);
}

describe('a table of names and phones', () => {
  const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'ibm850', 'macintosh'] as const;
  const cases = encodings.flatMap((encoding) =>
    DELIMITERS.map((delimiter) => [encoding, delimiter] as const),
  );

  test.each(cases)('in %s with %j is understood without help', async (encoding, delimiter) => {
    const random = createRandom(encodings.indexOf(encoding) * 10 + DELIMITERS.indexOf(delimiter));
    for (let round = 0; round < 12; round++) {
      const lineEnd = random.pick(['\n', '\r\n', '\r']);
      const header = ['Nome', 'Telefone', 'E-mail', 'Observações'].slice(0, 2 + random.below(3));
      const rows = Array.from({ length: 20 + random.below(60) }, () => {
        const name =
          pickSome(random, 4, WORDS, ' ') + random.pick(['', '', ', Filho', '; Neta', ' "Zé"', '\nLtda']);
        return [name, planPhone(random), 'a@example.com', pickSome(random, 6, WORDS, ', ')].slice(
          0,
          header.length,
        );
      });
      const titles = random.pick([[], [], ['Relatório de clientes'], ['ACME Comércio, Ltda', '']]);
      const hasSeparator = random.below(4) === 0;
      const isWide = encoding.startsWith('utf-16');
      const text =
        (encoding === 'utf-8' || isWide ? random.pick(['', '\ufeff']) : '') +
        (hasSeparator ? `sep=${delimiter}${lineEnd}` : '') +
        titles.map((title) => (title === '' ? lineEnd : writeLine([title], delimiter, lineEnd))).join('') +
        [header, ...rows].map((cells) => writeLine(cells, delimiter, lineEnd)).join('');

      const table = await read(encode(text, encoding));
      expect(table.detection).toMatchObject({ encoding, delimiter });
      expect(table.detection.headerLine).toBe(titles.length + (hasSeparator ? 2 : 1));
      expect(table.header).toEqual(header);
      expect(table.rows).toEqual(rows);
    }
  });
});

describe('any table', () => {
  const encodings = ['utf-8', 'mixed', 'utf-16le', 'windows-1252', 'ibm850', 'macintosh'] as const;

  test.each(encodings)('in %s comes back when its form is known', async (encoding) => {
    const random = createRandom(encodings.indexOf(encoding));
    const alphabet =
      encoding in HIGH_CHARACTERS
        ? [...HIGH_CHARACTERS[encoding as keyof typeof HIGH_CHARACTERS]]
        : ['é', 'ç', '€', '日本', '😀', 'e\u0301', '\ufeff', '\ufffd'];
    for (let round = 0; round < 60; round++) {
      const delimiter = random.pick(DELIMITERS);
      const lineEnd = random.pick(['\n', '\r\n', '\r']);
      const width = 2 + random.below(5);
      const rows = Array.from({ length: 1 + random.below(30) }, () => [
        `x${random.below(9)}`, // so that no row is blank, and none begins like a format or a mark
        ...Array.from({ length: width - 1 }, () =>
          pickSome(random, 6, [...alphabet, ...NASTY, 'a', ' '], ''),
        ),
      ]);
      // NUL in the first line would be no text, Ctrl-Z at the very end is not a part of it.
      const text = rows
        .map((cells, at) => cells.map((cell) => (at === 0 ? cell.replaceAll('\0', '') : cell)))
        .map((cells) => writeLine(cells, delimiter, lineEnd));
      const expected = rows.map((cells, at) =>
        cells.map((cell) => (at === 0 ? cell.replaceAll('\0', '') : cell)),
      );
      const table = await read(encode(text.join(''), encoding), { encoding, delimiter, headerLine: 0 });
      expect(table.rows).toEqual(expected);
    }
  });

  test.each([...encodings, 'utf-16be'] as const)(
    'in %s is the same text, wherever it is cut',
    async (encoding) => {
      const random = createRandom(7);
      const letters = encoding in HIGH_CHARACTERS ? WORDS : [...WORDS, '😀', '日本'];
      const text = Array.from({ length: 300 }, () =>
        pickSome(random, 5, [...letters, ';', '\r\n', '\n'], ' '),
      ).join('');
      const bytes = encode(encoding.startsWith('utf') ? `\ufeffsep=;\n${text}` : `sep=;\n${text}`, encoding);
      for (const pieceBytes of [1, 2, 3, 7, 64, 1000, 65_536]) {
        let read = '';
        for await (const piece of readText(bytesSource(bytes), { encoding, pieceBytes })) read += piece;
        expect(read).toBe(`\n${text}`);
      }
    },
  );
});

describe('a damaged file', () => {
  const SEEDS = corpusItems('wizard-csv').map(corpusFile);
  const BYTES = [0, 9, 10, 13, 0x1a, 0x22, 0x2c, 0x3b, 0x3c, 0x7c, 0x80, 0xc3, 0xe9, 0xef, 0xfe, 0xff];
  const PARTS = ['"', '""', 'sep=;\n', '\ufeff', 'PK\x03\x04', '<table>', '\r\n', ';;;', '😀', '\0', '%PDF-'];

  function damage(bytes: Uint8Array, random: Random): Uint8Array {
    const at = random.below(bytes.length + 1);
    const to = Math.min(bytes.length, at + random.below(20));
    const [before, behind] = [[...bytes.subarray(0, at)], [...bytes.subarray(to)]];
    switch (random.below(6)) {
      case 0:
        return bytes.slice(0, at);
      case 1:
        return Uint8Array.from([...before, ...behind]);
      case 2:
        return Uint8Array.from([...before, random.pick(BYTES), ...bytes.subarray(at)]);
      case 3:
        return Uint8Array.from([...before, ...new TextEncoder().encode(random.pick(PARTS)), ...behind]);
      case 4:
        return Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(at)]);
      default:
        return bytes.map((byte, index) => (index === at ? random.below(256) : byte));
    }
  }

  test('is read or refused, never anything else: 10,000 of them', async () => {
    const random = createRandom(3);
    const outcomes = new Map<string, number>();
    for (let round = 0; round < 10_000; round++) {
      let bytes = random.pick(SEEDS);
      for (let times = 1 + random.below(4); times > 0; times--) bytes = damage(bytes, random);
      let outcome: string;
      try {
        const { rows, detection } = await read(bytes);
        outcome = 'read';
        if (rows.length === 0) throw new Error('no rows and no refusal');
        if (detection.encoding !== 'utf-16le' && detection.encoding !== 'utf-16be') {
          expect(rows.flat().join()).not.toContain('\ufffd');
        }
      } catch (error) {
        if (!(error instanceof TableRefusal)) throw error;
        outcome = error.code;
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect(outcomes.get('read')).toBeGreaterThan(5000);
    expect([...outcomes.keys()]).toEqual(
      expect.arrayContaining(['malformed_csv', 'unsupported_type', 'no_rows']),
    );
  }, 40_000);
});
