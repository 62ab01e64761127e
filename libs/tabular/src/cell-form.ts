/**
 * What a cell looks like, without knowing what it means: `figures` is made of digits and what people put between
 * them (phones, amounts, numbers of documents), `date` and `email` are what they say, `text` is the rest.
 */
export type CellForm = 'blank' | 'text' | 'figures' | 'date' | 'email';

/** No number, date or address is longer; longer cells are not even looked at. */
const LONGEST = 320;

const DATE = /^\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?:[ T]\d{1,2}:\d{2}[\d:.Z]*)?$/;
/** Without semicolons and tabs: what they join are two cells, wherever the wrong delimiter was tried. */
const FIGURES = /^[-\d \xa0\r\n()+./:,*#xX'"=R$%]+$/;
const DIGIT = /\d/;

/** The form of one cell; in linear time, whatever it holds. */
export function judgeCell(cell: string): CellForm {
  if (cell === '') return 'blank';
  const text = cell.trim();
  if (text === '') return 'blank';
  if (text.length > LONGEST) return 'text';
  if (DIGIT.test(text)) {
    if (DATE.test(text)) return 'date';
    if (FIGURES.test(text)) return 'figures';
  }
  return isEmail(text) ? 'email' : 'text';
}

function isEmail(text: string): boolean {
  const at = text.indexOf('@');
  return at > 0 && text.indexOf('.', at + 2) > 0 && !text.includes(' ') && text.indexOf('@', at + 1) < 0;
}

const SHORTEST_PHONE = 6;

/** Whether the figures are as many as a phone or a document has; a title such as `Telefone 2` or `2024` has fewer. */
export function hasManyDigits(cell: string): boolean {
  let digits = 0;
  for (let at = 0; at < cell.length && at < LONGEST; at++) {
    const code = cell.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) digits++;
  }
  return digits >= SHORTEST_PHONE;
}
