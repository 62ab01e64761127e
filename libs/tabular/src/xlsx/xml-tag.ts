import { corruptWorkbook } from './refuse-workbook';
import { decodeXmlText } from './xml-text';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const COLON = 0x3a;
const EQUALS = 0x3d;
const GT = 0x3e;

/**
 * An opening tag, read in place. Names are without their prefix: which prefix a writer chose for which namespace,
 * and whether the namespaces are the transitional or the strict ones, says nothing about the content.
 */
export interface XmlTag {
  readonly name: string;
  readonly isEmpty: boolean;
  /** Value of the attribute, or `null`. */
  attribute(name: string): string | null;
}

/** One tag that is read again and again, so that 10 million tags make no garbage. */
export interface XmlTagReader extends XmlTag {
  /**
   * Reads the tag whose `<` is at `from`; where it ends, or -1 when the text ends before. Throws `corrupt_workbook`.
   */
  read(text: string, from: number): number;
}

function isSpace(code: number): boolean {
  return code === SPACE || code === LF || code === CR || code === TAB;
}

/** From `from`, where a name ends: at white space or one of `/ > =`. */
export function endOfName(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= SPACE ? isSpace(code) : code === GT || code === SLASH || code === EQUALS) break;
  }
  return at;
}

/** The part of a name behind its prefix. One-letter names, nearly all there are in a sheet, are not copied. */
export function localName(text: string, from: number, to: number): string {
  let start = from;
  for (let at = to - 2; at >= from; at--) {
    if (text.charCodeAt(at) !== COLON) continue;
    start = at + 1;
    break;
  }
  return to - start === 1 ? text.charAt(start) : text.slice(start, to);
}

/** Creates the one tag of a scanner. */
export function createTagReader(): XmlTagReader {
  let source = '';
  let name = '';
  let isEmpty = false;
  let count = 0;
  const places: number[] = []; // of each attribute: name from and to, value from and to

  function skipSpaces(at: number): number {
    while (at < source.length && isSpace(source.charCodeAt(at))) at++;
    return at;
  }

  /** Reads `name="value"`; where it ends, or -1. */
  function readAttribute(from: number): number {
    const nameEnd = endOfName(source, from);
    const equals = skipSpaces(nameEnd);
    const open = skipSpaces(equals + 1);
    if (open >= source.length) return -1;
    const quote = source.charCodeAt(open);
    if (source.charCodeAt(equals) !== EQUALS || (quote !== QUOTE && quote !== APOSTROPHE)) {
      throw corruptWorkbook('xml_attribute');
    }
    let close = open + 1;
    while (close < source.length && source.charCodeAt(close) !== quote) close++;
    if (close === source.length) return -1;
    const place = count * 4;
    places[place] = from;
    places[place + 1] = nameEnd;
    places[place + 2] = open + 1;
    places[place + 3] = close;
    count++;
    return close + 1;
  }

  function read(text: string, from: number): number {
    source = text;
    count = 0;
    const nameEnd = endOfName(text, from + 1);
    if (nameEnd === text.length) return -1;
    if (nameEnd === from + 1) throw corruptWorkbook('xml_tag');
    name = localName(text, from + 1, nameEnd);
    for (let at = nameEnd; ;) {
      at = skipSpaces(at);
      if (at >= text.length) return -1;
      const code = text.charCodeAt(at);
      isEmpty = code === SLASH;
      if (code === GT) return at + 1;
      if (!isEmpty) {
        at = readAttribute(at);
        if (at < 0) return -1;
      } else if (at + 1 >= text.length) {
        return -1;
      } else if (text.charCodeAt(at + 1) === GT) {
        return at + 2;
      } else {
        throw corruptWorkbook('xml_tag');
      }
    }
  }

  function attribute(wanted: string): string | null {
    for (let i = 0; i < count; i++) {
      const place = i * 4;
      const to = places[place + 1] ?? 0;
      const from = to - wanted.length;
      const start = places[place] ?? 0;
      if (from < start || (from > start && source.charCodeAt(from - 1) !== COLON)) continue;
      if (source.charCodeAt(from) !== wanted.charCodeAt(0) || !source.startsWith(wanted, from)) continue;
      // `xmlns:r="…"` names a prefix: it is no attribute `r`.
      if (from > start && source.startsWith('xmlns:', start)) continue;
      return decodeXmlText(source.slice(places[place + 2], places[place + 3]));
    }
    return null;
  }

  return {
    get name() {
      return name;
    },
    get isEmpty() {
      return isEmpty;
    },
    attribute,
    read,
  };
}
