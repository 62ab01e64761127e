import { foldText } from './search-text';
import { wordList } from './word-list';

/** Longer texts say something. */
const MAX_UNITS = 40;
const MIN_REPEATED = 4;

/** What people write where they have nothing to write, folded: no accents, no case, punctuation as blanks. */
const WORDS = wordList(`
  nao tem, nao tem telefone, nao tem email, nao tem e mail, nao possui, nao ha, nao consta, nao informado, nao
  informada, nao informou, nao cadastrado, nao disponivel, nao se aplica, nao aplicavel, nao sei, nao, sem,
  sem telefone, sem fone, sem numero, sem celular, sem contato, sem whatsapp, sem whats, sem zap, sem email,
  sem e mail, sem informacao, sem cadastro, sem dados, nenhum, nenhuma, nada, vazio, em branco, ignorado,
  desconhecido, indisponivel, inexistente, pendente, a confirmar, a definir, a informar, falta, n t, nt, s t,
  s f, s c, s i, n c, nc, n a, na, s n, sn, n d, nd, n i, ni, n, nulo,
  none, no, no phone, no number, no email, no e mail, null, nil, nan, undefined, unknown, not available, not
  applicable, not informed, not provided, missing, empty, blank, tbd, no data,
  no tiene, no posee, no hay, no aplica, no disponible, no informado, sin, sin telefono, sin numero, sin
  celular, sin correo, sin email, sin datos, ninguno, ninguna, vacio, desconocido, por confirmar`);

/** The error values of spreadsheets, in the languages of their users. */
const SHEET_ERROR = /^#(?:n\/?[ad]|ref|valor|value|nome|name|nombre|null|nulo|num|div\/0|¡?valor)[!?]?$/i;

const PUNCTUATION = /[^\p{L}\p{N}]+/gu;
const CROSSES = /^x+$/;
const ZEROS = /^(?:55)?0+$|^$/;
const REPEATED = /^(\d)\1+$/;

const FIGURES = /^[\d\s().+-]*$/;

/**
 * Whether a cell says that there is nothing: no letter and no digit at all (`-`, `(  )    -`), a known word in
 * Portuguese, English or Spanish, crosses, zeros, one digit repeated at least four times, a country code alone, the
 * error value of a spreadsheet. `11999999999` is none.
 */
export function isPlaceholder(text: string): boolean {
  if (text.length > MAX_UNITS) return false;
  if (FIGURES.test(text)) return isEmptyNumber(text.replace(/\D/g, ''), text.includes('+'));
  if (SHEET_ERROR.test(text.trim())) return true;
  const folded = foldText(text).replace(PUNCTUATION, ' ').trim();
  const joined = folded.replace(/ /g, '');
  return WORDS.has(folded) || CROSSES.test(joined) || isEmptyNumber(joined, false);
}

function isEmptyNumber(digits: string, hasPlus: boolean): boolean {
  if (ZEROS.test(digits) || (hasPlus && digits === '55')) return true;
  // With ten or eleven digits 55 is the area code of a number that only looks odd.
  const hasCountry = digits.startsWith('55') && (digits.length < 10 || digits.length > 11);
  return isRepeated(digits) || (hasCountry && isRepeated(digits.slice(2)));
}

function isRepeated(digits: string): boolean {
  return digits.length >= MIN_REPEATED && REPEATED.test(digits);
}
