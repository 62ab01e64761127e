import { describe, expect, test } from 'vitest';
import { createPieceDecoder } from './decode-text';
import { HIGH_CHARACTERS } from './single-byte-encodings';

const ALL = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** The tables again, as Unicode's mapping files give them (CP1252, CP850, ROMAN), to find slips of ours. */
const MAPPINGS = {
  'windows-1252':
    '20ac 81 201a 192 201e 2026 2020 2021 2c6 2030 160 2039 152 8d 17d 8f 90 2018 2019 201c 201d 2022 2013 2014 2dc 2122 161 203a 153 9d 17e 178',
  ibm850:
    'c7 fc e9 e2 e4 e0 e5 e7 ea eb e8 ef ee ec c4 c5 c9 e6 c6 f4 f6 f2 fb f9 ff d6 dc f8 a3 d8 d7 192 e1 ed f3 fa f1 d1 aa ba bf ae ac bd bc a1 ab bb 2591 2592 2593 2502 2524 c1 c2 c0 a9 2563 2551 2557 255d a2 a5 2510 2514 2534 252c 251c 2500 253c e3 c3 255a 2554 2569 2566 2560 2550 256c a4 f0 d0 ca cb c8 131 cd ce cf 2518 250c 2588 2584 a6 cc 2580 d3 df d4 d2 f5 d5 b5 fe de da db d9 fd dd af b4 ad b1 2017 be b6 a7 f7 b8 b0 a8 b7 b9 b3 b2 25a0 a0',
  macintosh:
    'c4 c5 c7 c9 d1 d6 dc e1 e0 e2 e4 e3 e5 e7 e9 e8 ea eb ed ec ee ef f1 f3 f2 f4 f6 f5 fa f9 fb fc 2020 b0 a2 a3 a7 2022 b6 df ae a9 2122 b4 a8 2260 c6 d8 221e b1 2264 2265 a5 b5 2202 2211 220f 3c0 222b aa ba 3a9 e6 f8 bf a1 ac 221a 192 2248 2206 ab bb 2026 a0 c0 c3 d5 152 153 2013 2014 201c 201d 2018 2019 f7 25ca ff 178 2044 20ac 2039 203a fb01 fb02 2021 b7 201a 201e 2030 c2 ca c1 cb c8 cd ce cf cc d3 d4 f8ff d2 da db d9 131 2c6 2dc af 2d8 2d9 2da b8 2dd 2db 2c7',
} as const;

describe.each(['windows-1252', 'ibm850', 'macintosh'] as const)('%s', (encoding) => {
  test('has the characters of the mapping file', () => {
    const codes = MAPPINGS[encoding].split(' ').map((hex) => parseInt(hex, 16));
    for (let code = 0x80 + codes.length; code < 256; code++) codes.push(code);
    expect(Array.from(HIGH_CHARACTERS[encoding], (character) => character.charCodeAt(0))).toEqual(codes);
  });

  test('decodes every byte to one character, whatever the platform thinks', () => {
    const text = createPieceDecoder(encoding).push(ALL);
    expect(text).toHaveLength(256);
    expect(text.slice(128)).toBe(HIGH_CHARACTERS[encoding]);
    expect(text.slice(0, 128)).toBe(String.fromCharCode(...ALL.subarray(0, 128)));
  });
});
