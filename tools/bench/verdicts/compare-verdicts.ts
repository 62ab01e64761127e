import {
  checkRow,
  judgeRow,
  proposeRow,
  REPAIR_CODES,
  repairMask,
  type ContactColumns,
  type RowProposal,
} from '@ponte/contacts';
import { createRandom } from '@ponte/testing';
import { judgeAlone, parseAlone } from './judge-alone';
import { makeNumber, NUMBER_KINDS, type NumberKind } from './make-numbers';

/** What came of the numbers of one kind. Times are of the whole row on our side, of the phone alone on the library's. */
export interface KindFigures {
  readonly kind: NumberKind;
  readonly numbers: number;
  readonly accepted: number;
  readonly differences: number;
  readonly checkMilliseconds: number;
  readonly proposeMilliseconds: number;
  readonly libraryMilliseconds: number;
}

export interface ComparedVerdicts {
  readonly kinds: readonly KindFigures[];
  /** The first differences, in words. */
  readonly examples: readonly string[];
}

const COLUMNS: ContactColumns = { name: 0, phone_number: 1, email: 2, width: 3 };
const NAME = 'Conceição Araújo';
const EMAIL = 'conceicao.araujo@exemplo.com.br';
const NOBODY = { areaCode: null };
const ALL_REPAIRS = repairMask(REPAIR_CODES);
/** Each side works on as many in turn. */
const BATCH = 2_000;
const MAX_EXAMPLES = 10;

/**
 * Makes seeded phone texts and compares, for each: `checkRow` with the rules that `judgeAlone` writes down a second time;
 * the console's proposal with nothing accepted with the same; and whatever it proposes with the library, which must call
 * it valid and leave it as it is.
 */
export function compareVerdicts(seed: number, count: number): ComparedVerdicts {
  const random = createRandom(seed);
  const examples: string[] = [];
  const totals = new Map(NUMBER_KINDS.map((kind) => [kind, emptyFigures(kind)]));
  for (let done = 0, turn = 0; done < count; turn++) {
    const kind = NUMBER_KINDS[turn % NUMBER_KINDS.length] ?? 'mutated';
    const size = Math.min(BATCH, count - done);
    const texts = Array.from({ length: size }, () => makeNumber(random, kind));
    const batch = compareBatch(kind, texts, examples);
    totals.set(kind, addFigures(totals.get(kind) ?? emptyFigures(kind), batch));
    done += size;
  }
  return { kinds: [...totals.values()], examples };
}

function compareBatch(kind: NumberKind, texts: readonly string[], examples: string[]): KindFigures {
  const rows = texts.map((text) => [NAME, text, EMAIL]);
  const [checked, checkMilliseconds] = timed(() => rows.map((cells) => checkRow(cells, COLUMNS)));
  const [parsed, libraryMilliseconds] = timed(() => texts.map(parseAlone));
  const [proposed, proposeMilliseconds] = timed(() =>
    texts.map((text) => proposeRow(NAME, text, EMAIL, NOBODY)),
  );
  let accepted = 0;
  let differences = 0;
  texts.forEach((text, index) => {
    const verdict = checked[index];
    const row = proposed[index];
    if (verdict === undefined || row === undefined) return;
    const expected = judgeAlone(text, parsed[index] ?? null);
    const answers = [wordsOf(verdict), wordsOfUnrepaired(row, expected), wordsOfProposal(row)];
    if (verdict.ok) accepted++;
    if (answers[0] === expected && answers[1] === expected && answers[2] === 'sound') return;
    differences++;
    if (examples.length < MAX_EXAMPLES)
      examples.push(`${JSON.stringify(text)}: ${answers.join(', ')}; by the library ${expected}`);
  });
  const times = { checkMilliseconds, proposeMilliseconds, libraryMilliseconds };
  return { kind, numbers: texts.length, accepted, differences, ...times };
}

/** The number and its remark, or the code of the phone. */
function wordsOf(verdict: ReturnType<typeof checkRow>): string {
  if (!verdict.ok) return verdict.issues.map(({ code }) => code).join(' ');
  return [verdict.contact.phone_number, ...verdict.warnings.map(({ code }) => code)].join(' ');
}

/** The same of a proposal with nothing accepted, of which the strict code must be among the codes. */
function wordsOfUnrepaired(row: RowProposal, expected: string): string {
  const verdict = judgeRow(row, 0);
  if (verdict.ok)
    return [verdict.contact.phone_number, ...verdict.warnings.map(({ code }) => code)].join(' ');
  const codes: readonly string[] = verdict.issues.flatMap(({ code, also }) => [code, ...also]);
  return verdict.issues.length === 1 && codes.includes(expected) ? expected : codes.join(' ');
}

/** Whatever is proposed is a number for the library, and not changed by it. */
function wordsOfProposal(row: RowProposal): string {
  const verdict = judgeRow(row, ALL_REPAIRS);
  if (!verdict.ok || (row.phone.ok && row.phone.mask === 0)) return 'sound';
  const { phone_number } = verdict.contact;
  return parseAlone(phone_number)?.number === phone_number ? 'sound' : `unsound ${phone_number}`;
}

/** The result, and the milliseconds of processor time: several processes share the cores. */
function timed<Result>(work: () => Result): readonly [Result, number] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1000];
}

function emptyFigures(kind: NumberKind): KindFigures {
  const times = { checkMilliseconds: 0, proposeMilliseconds: 0, libraryMilliseconds: 0 };
  return { kind, numbers: 0, accepted: 0, differences: 0, ...times };
}

/** The figures of two parts of one kind. */
export function addFigures(one: KindFigures, other: KindFigures): KindFigures {
  return {
    kind: one.kind,
    numbers: one.numbers + other.numbers,
    accepted: one.accepted + other.accepted,
    differences: one.differences + other.differences,
    checkMilliseconds: one.checkMilliseconds + other.checkMilliseconds,
    proposeMilliseconds: one.proposeMilliseconds + other.proposeMilliseconds,
    libraryMilliseconds: one.libraryMilliseconds + other.libraryMilliseconds,
  };
}
