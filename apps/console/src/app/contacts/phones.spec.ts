import { formatPhone } from './format-phone';
import { suggestPhone } from './suggest-phone';

describe('formatPhone', () => {
  it.each([
    ['+5511987654321', '+55 11 98765-4321'],
    ['+551133334444', '+55 11 3333-4444'],
    ['+351912345678', '+351912345678'],
  ])('%s is shown as %s', (stored, shown) => {
    expect(formatPhone(stored)).toBe(shown);
  });
});

describe('suggestPhone', () => {
  it.each([
    ['(11) 98765-4321', '+5511987654321'],
    ['011 98765-4321', '+5511987654321'],
    ['5511987654321', '+5511987654321'],
    ['005511987654321', '+5511987654321'],
    ['98765-4321', null],
    ['+5511987654321', null],
    ['', null],
    ['não tem', null],
  ])('%s: %s', (typed, expected) => {
    expect(suggestPhone(typed)).toBe(expected);
  });
});
