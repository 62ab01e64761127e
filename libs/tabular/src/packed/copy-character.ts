import { utf8LengthAt } from '../decode-utf8';
import { HIGH_CHARACTERS, type SingleByteEncoding } from '../single-byte-encodings';
import type { Encoding } from '../table';
import { writeCharacter } from './column-packer';

/** How the characters beyond ASCII of an encoding become UTF-8. */
export interface CharacterCopier {
  /** Copies the character that begins at `from` to `at`; how many bytes it took there, 0 for one that cannot be copied. */
  copy(bytes: Uint8Array, from: number, target: Uint8Array, at: number): number;
  /** Whether a character has as many bytes in the encoding as in UTF-8; otherwise it has one. */
  readonly isUtf8: boolean;
}

/** A copier for encodings in which all bytes below 0x80 are ASCII; `null` for the others. */
export function createCharacterCopier(encoding: Encoding): CharacterCopier | null {
  switch (encoding) {
    case 'utf-16le':
    case 'utf-16be':
      return null;
    case 'utf-8':
    case 'mixed':
      return { copy: copySequence, isUtf8: true };
    default:
      return createTableCopier(encoding);
  }
}

function copySequence(bytes: Uint8Array, from: number, target: Uint8Array, at: number): number {
  const length = utf8LengthAt(bytes, from);
  for (let i = 0; i < length; i++) target[at + i] = bytes[from + i] ?? 0;
  return length;
}

function createTableCopier(encoding: SingleByteEncoding): CharacterCopier {
  const high = HIGH_CHARACTERS[encoding];
  const codes = Uint16Array.from({ length: 0x80 }, (_, at) => high.charCodeAt(at));
  return {
    copy: (bytes, from, target, at) => writeCharacter(codes[(bytes[from] ?? 0) - 0x80] ?? 0, target, at) - at,
    isUtf8: false,
  };
}
