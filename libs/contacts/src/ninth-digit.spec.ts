import { expect, test } from 'vitest';
import { ninthDigitTwin } from './ninth-digit';

test.each([
  ['+5511987654321', '+551187654321'],
  ['+551187654321', '+5511987654321'],
  ['+5555967654321', '+555567654321'],
  // Given out after the ninth digit came, or never without it.
  ['+5511912345678', null],
  ['+5511952345678', null],
  ['+551132345678', null],
  ['+551171234567', null],
  ['+5520987654321', null],
  ['+12133734253', null],
  ['+558001234567', null],
  ['5511987654321', null],
  ['', null],
])('the twin of %s is %s', (number, twin) => {
  expect(ninthDigitTwin(number)).toBe(twin);
  if (twin !== null) expect(ninthDigitTwin(twin)).toBe(number);
});
