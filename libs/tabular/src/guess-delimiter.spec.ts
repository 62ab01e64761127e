import { expect, test } from 'vitest';
import { guessDelimiter } from './guess-delimiter';

test.each([
  [['name;phone_number;email'], ';'],
  [['name\tphone_number\temail'], '\t'],
  [['name|phone_number'], '|'],
  [['nome;"telefone', ' celular";email'], ';'],
  [['a;b|c;d'], ';'],
  [['nome', 'telefone', 'e-mail'], null],
  [['nome', 'tel; cel', 'email'], null],
  [['name'], null],
  [[''], null],
  [[], null],
])('guessDelimiter(%j) is %j', (cells, delimiter) => {
  expect(guessDelimiter(cells)).toBe(delimiter);
});
