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
  /** Where the value of the attribute begins in `source`, for values that are read in place; -1 without it. */
  place(name: string): number;
  readonly source: string;
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

/** From `from`, where a name ends: at white space, at one of `/ > =`, or with the text. */
export function endOfName(text: string, from: number): number {
  let at = from;
  // Nearly all characters of names lie above `>`; past the end, NaN is neither above nor below anything.
  for (; ; at++) {
    const code = text.charCodeAt(at);
    if (code > GT) continue;
    if (!(code > SPACE) || code === GT || code === SLASH || code === EQUALS) return at;
  }
}

/** The part of a name behind its prefix. One-letter names, nearly all there are in a sheet, are not copied. */
export function localName(text: string, from: number, to: number): string {
  if (to - from === 1) return text.charAt(from);
  for (let at = to - 2; at >= from; at--) {
    if (text.charCodeAt(at) !== COLON) continue;
    return to - at === 2 ? text.charAt(at + 1) : text.slice(at + 1, to);
  }
  return text.slice(from, to);
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  // Mostly there is none, or one.
  while (text.charCodeAt(at) <= SPACE && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Where a value ends that begins with the quote at `from`; -1 when the text ends before. */
function endOfValue(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  if (quote !== QUOTE && quote !== APOSTROPHE) throw corruptWorkbook('xml_attribute');
  for (let at = from + 1; at < text.length; at++) {
    if (text.charCodeAt(at) === quote) return at;
  }
  return -1;
}

/** Creates the one tag of a scanner. */
export function createTagReader(): XmlTagReader {
  let count = 0;
  const places: number[] = []; // of each attribute: name from and to, value from and to
  const tag = { name: '', isEmpty: false, source: '', attribute, place, read };

  /** Reads `name="value"`; where it ends, or -1. */
  function readAttribute(text: string, from: number): number {
    const nameEnd = endOfName(text, from);
    const equals = skipSpaces(text, nameEnd);
    const open = skipSpaces(text, equals + 1);
    if (open >= text.length) return -1;
    if (text.charCodeAt(equals) !== EQUALS) throw corruptWorkbook('xml_attribute');
    const close = endOfValue(text, open);
    const at = count * 4;
    places[at] = from;
    places[at + 1] = nameEnd;
    places[at + 2] = open + 1;
    places[at + 3] = close;
    count++;
    return close < 0 ? -1 : close + 1;
  }

  function read(text: string, from: number): number {
    tag.source = text;
    count = 0;
    let at = endOfName(text, from + 1);
    if (at === text.length) return -1;
    if (at === from + 1) throw corruptWorkbook('xml_tag');
    tag.name = localName(text, from + 1, at);
    for (;;) {
      at = skipSpaces(text, at);
      if (at >= text.length) return -1;
      const code = text.charCodeAt(at);
      if (code === GT || code === SLASH) break;
      at = readAttribute(text, at);
      if (at < 0) return -1;
    }
    tag.isEmpty = text.charCodeAt(at) === SLASH;
    if (!tag.isEmpty) return at + 1;
    if (at + 1 >= text.length) return -1;
    if (text.charCodeAt(at + 1) !== GT) throw corruptWorkbook('xml_tag');
    return at + 2;
  }

  /** Index of the attribute's numbers in `places`, or -1. */
  function indexOf(name: string): number {
    const first = name.charCodeAt(0);
    for (let i = 0; i < count * 4; i += 4) {
      const from = (places[i + 1] ?? 0) - name.length;
      if (tag.source.charCodeAt(from) === first && isNamed(name, places[i] ?? 0, from)) return i;
    }
    return -1;
  }

  /** Whether the name that begins at `start` is the wanted one at `from`, alone or behind a prefix. */
  function isNamed(name: string, start: number, from: number): boolean {
    if (from < start || (name.length > 1 && !tag.source.startsWith(name, from))) return false;
    if (from === start) return true;
    // `xmlns:r="…"` names a prefix: it is no attribute `r`.
    return tag.source.charCodeAt(from - 1) === COLON && !tag.source.startsWith('xmlns:', start);
  }

  function attribute(name: string): string | null {
    const i = indexOf(name);
    if (i < 0) return null;
    const raw = tag.source.slice(places[i + 2], places[i + 3]);
    return raw.includes('&') ? decodeXmlText(raw) : raw;
  }

  function place(name: string): number {
    const i = indexOf(name);
    return i < 0 ? -1 : (places[i + 2] ?? -1);
  }

  return tag;
}
