import { corruptWorkbook, tooLargeUnpacked, unsafeFile } from './refuse-workbook';
import { MAX_TOKEN_LENGTH } from './unpack-limits';
import { createTagReader, endOfName, localName, type XmlTag } from './xml-tag';
import { decodeXmlText } from './xml-text';

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const MAX_DEPTH = 256;
const SKIMMED_DEPTH = 4;

/** What hears of a part's elements, in document order. An empty element is opened and closed. */
export interface XmlHandler {
  /** Whether `text` is wanted here; asked before each text. Text that nobody wants is neither copied nor decoded. */
  readonly wantsText: boolean;
  open(tag: XmlTag): void;
  close(name: string): void;
  /** Text with its entities decoded; in several parts where a comment or CDATA lies in between. */
  text(text: string): void;
}

/**
 * A scanner of XML that arrives in pieces, cut anywhere. `push` and `end` throw `TableRefusal`: `corrupt_workbook` for
 * what is no well-formed XML, `unsafe_file` for a DTD, `too_large_unpacked` for a tag or text without end.
 */
export interface XmlScanner {
  /** The element that a tag or its end would come next in; `''` in the middle of anything. */
  readonly innermost: string;
  /** Takes note of an element that somebody else read the tag of, or the end. */
  enter(name: string): void;
  leave(): void;
  push(text: string): void;
  end(): void;
}

/**
 * Creates the one scanner that reads every part of a workbook. It keeps what is not finished until as much again has
 * come, so that the time is linear whatever the input. More than `maxElements` are refused (`unsafe_file`).
 */
export function createXmlScanner(handler: XmlHandler, maxElements = Number.POSITIVE_INFINITY): XmlScanner {
  const tag = createTagReader();
  const open: string[] = [];
  let elements = 0;
  let waiting = '';
  let wanted = 0;

  function push(text: string): void {
    waiting = waiting === '' ? text : waiting + text;
    if (waiting.length >= wanted) scanWaiting();
  }

  function scanWaiting(): void {
    const to = scan(waiting);
    waiting = waiting.slice(to);
    if (waiting.length > MAX_TOKEN_LENGTH) throw tooLargeUnpacked(MAX_TOKEN_LENGTH);
    wanted = waiting.length * 2;
  }

  /** Everything that is whole; where the rest begins. */
  function scan(text: string): number {
    // Where the next characters are that mean others, each looked for once: most texts have none.
    let nextReference = -1;
    let nextCr = -1;
    let at = 0;
    while (at < text.length) {
      let to = at;
      if (text.charCodeAt(at) !== LT) {
        to = text.indexOf('<', at);
        if (to < 0) return open.length > 0 && handler.wantsText ? at : text.length;
        if (open.length === 0) refuseText(text.slice(at, to));
        else if (handler.wantsText) {
          if (nextReference < at) nextReference = find(text, '&', at);
          if (nextCr < at) nextCr = find(text, '\r', at);
          const raw = text.slice(at, to);
          handler.text(nextReference < to || nextCr < to ? decodeXmlText(raw) : raw);
        }
        at = to;
      }
      to = scanMarkup(text, at);
      if (to < 0) return at;
      at = to;
    }
    return at;
  }

  /** What begins with `<`; where it ends, or -1 when the text ends before. */
  function scanMarkup(text: string, at: number): number {
    const code = text.charCodeAt(at + 1);
    if (code === SLASH) return scanClose(text, at);
    if (code === BANG) return scanDeclaration(text, at);
    if (code === QUESTION) return after(text, '?>', at + 2);
    const to = tag.read(text, at);
    if (to < 0) return -1;
    if (open.length === 0 && elements > 0) throw corruptWorkbook('xml_second_root');
    if (open.length >= MAX_DEPTH) throw corruptWorkbook('xml_depth');
    if (++elements > maxElements) throw unsafeFile('too_many_elements');
    handler.open(tag);
    if (tag.isEmpty) handler.close(tag.name);
    else open.push(tag.name);
    return to;
  }

  function scanClose(text: string, at: number): number {
    const opened = open.at(-1);
    // Nearly always the tag is what it must be, without prefix or white space: then no name is copied out.
    if (opened !== undefined && isTagEnd(text, at + 2, opened)) {
      open.pop();
      handler.close(opened);
      return at + opened.length + 3;
    }
    const nameEnd = endOfName(text, at + 2);
    const to = text.indexOf('>', nameEnd);
    if (to < 0) return -1;
    if (open.pop() !== localName(text, at + 2, nameEnd)) throw corruptWorkbook('xml_nesting');
    handler.close(opened ?? '');
    return to + 1;
  }

  function scanDeclaration(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return after(text, '-->', at + 4);
    if (text.startsWith('<![CDATA[', at)) {
      const to = after(text, ']]>', at + 9);
      if (to > 0 && open.length > 0 && handler.wantsText) handler.text(text.slice(at + 9, to - 3));
      return to;
    }
    if (text.length - at < 9) return -1;
    // No spreadsheet program writes a DTD; entities that grow and files that are fetched come with one.
    if (text.startsWith('<!DOCTYPE', at)) throw unsafeFile('dtd');
    throw corruptWorkbook('xml_declaration');
  }

  function end(): void {
    wanted = 0;
    scanWaiting();
    if (waiting !== '' || open.length > 0 || elements === 0) throw corruptWorkbook('xml_end');
  }

  return {
    get innermost() {
      const isBetween = waiting === '' && !handler.wantsText && open.length < MAX_DEPTH - SKIMMED_DEPTH;
      return (isBetween ? open.at(-1) : undefined) ?? '';
    },
    enter: (name) => void open.push(name),
    leave: () => void open.pop(),
    push,
    end,
  };
}

function isTagEnd(text: string, from: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    if (text.charCodeAt(from + i) !== name.charCodeAt(i)) return false;
  }
  return text.charCodeAt(from + name.length) === GT;
}

function find(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

function refuseText(text: string): void {
  if (text.trim() !== '') throw corruptWorkbook('xml_text');
}
