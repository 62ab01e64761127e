import { describe, expect, test } from 'vitest';
import { proposePhone } from './propose-phone';

const NOBODY = { areaCode: null };

/** `value needs…` or the codes. */
const outcomeOf = (text: string, areaCode: string | null = null): string => {
  const found = proposePhone(text, { areaCode });
  return found.ok ? [found.value, ...found.needs].join(' ') : found.codes.join(' ');
};

const MOBILE = '+5511987654321';
const COUNTRY = 'phone_add_country';

describe('good as it is', () => {
  test.each([
    MOBILE,
    '+55 11 98765-4321',
    '+55 (11) 98765.4321',
    "'+5511987654321",
    ' \u200b+5511987654321 ',
    '+55 0 11 98765-4321',
  ])('%j', (text) => {
    expect(proposePhone(text, NOBODY)).toEqual({
      ok: true,
      value: MOBILE,
      needs: [],
      mask: 0,
      warning: null,
      strict: null,
      offer: null,
      others: null,
    });
  });
});

describe('the country is added', () => {
  test.each([
    ['11987654321', MOBILE],
    ['5511987654321', MOBILE],
    ['(11) 98765-4321', MOBILE],
    ['11 9 8765 4321', MOBILE],
    ['(11)9.8765.4321', MOBILE],
    ['11.98765.4321', MOBILE],
    ['11-98765-4321', MOBILE],
    ['11 98765–4321', MOBILE],
    ['11/98765-4321', MOBILE],
    ['11.987.654.321', MOBILE],
    ['011 98765-4321', MOBILE],
    ['(011) 98765-4321', MOBILE],
    ['0 11 98765 4321', MOBILE],
    ['015 11 98765-4321', MOBILE],
    ['0 15 11 98765-4321', MOBILE],
    ['0xx11 98765-4321', MOBILE],
    ['(0xx11) 98765-4321', MOBILE],
    ['0XX 11 98765-4321', MOBILE],
    ['(0xx) 11 98765-4321', MOBILE],
    ['0**11 98765-4321', MOBILE],
    ['55 11 98765-4321', MOBILE],
    ['55 (11) 98765-4321', MOBILE],
    ['(55) 11 98765-4321', MOBILE],
    ['55 0 11 98765-4321', MOBILE],
    ['55 0xx11 98765-4321', MOBILE],
    ['0055 11 98765-4321', MOBILE],
    ['00 55 (11) 98765-4321', MOBILE],
    ['  11987654321\n', MOBILE],
    ['11 3234-5678', '+551132345678'],
    ['01132345678', '+551132345678'],
    ['551132345678', '+551132345678'],
    ['0 31 11 3234-5678', '+551132345678'],
    ['0800 123 4567', '+558001234567'],
    ['0300 123 4567', '+553001234567'],
    ['55 0800 123 4567', '+558001234567'],
    ['4004-1234', '+5540041234'],
    ['00 1 213 373 4253', '+12133734253'],
    ['00351 912 345 678', '+351912345678'],
    ['11 7123-4567', '+551171234567'],
    // 55 is Santa Maria as well as Brazil, 21 Rio as well as Embratel: the length decides.
    ['55 99876-5432', '+5555998765432'],
    ['55 3222-1234', '+555532221234'],
    ['5555998765432', '+5555998765432'],
    ['555532221234', '+555532221234'],
    ['055 99876-5432', '+5555998765432'],
    ['021 98765-4321', '+5521987654321'],
    ['021 11 98765-4321', MOBILE],
    ['021 21 98765-4321', '+5521987654321'],
    ['041 41 3234-5678', '+554132345678'],
    ['015 3234-5678', '+551532345678'],
    ['11999999999', '+5511999999999'],
  ])('%j', (text, value) => {
    expect(outcomeOf(text)).toBe(`${value} ${COUNTRY}`);
  });
});

describe('the ninth digit is added', () => {
  test.each([
    ['11 8765-4321', `${MOBILE} ${COUNTRY} phone_add_ninth`],
    ['1198765432', `+5511998765432 ${COUNTRY} phone_add_ninth`],
    ['11 6765-4321', `+5511967654321 ${COUNTRY} phone_add_ninth`],
    ['5511 8765-4321', `${MOBILE} ${COUNTRY} phone_add_ninth`],
    ['0 15 11 8765-4321', `${MOBILE} ${COUNTRY} phone_add_ninth`],
    ['55 8765-4321', `+5555987654321 ${COUNTRY} phone_add_ninth`],
    ['+55 11 8765-4321', `${MOBILE} phone_add_ninth`],
    ['+551187654321', `${MOBILE} phone_add_ninth`],
  ])('%j', (text, outcome) => {
    expect(outcomeOf(text)).toBe(outcome);
  });
});

describe('the area code is added', () => {
  test.each([
    ['98765-4321', `${MOBILE} ${COUNTRY} phone_add_area_code`],
    ['987654321', `${MOBILE} ${COUNTRY} phone_add_area_code`],
    ['3234-5678', `+551132345678 ${COUNTRY} phone_add_area_code`],
    ['8765-4321', `${MOBILE} ${COUNTRY} phone_add_area_code phone_add_ninth`],
    ['90012-3456', `+5511900123456 ${COUNTRY} phone_add_area_code`],
    ['+55 98765-4321', `${MOBILE} phone_add_area_code`],
    ['55 98765-432', 'phone_invalid'],
    ['3234-5678 (casa)', `+551132345678 phone_drop_words ${COUNTRY} phone_add_area_code`],
  ])('%j', (text, outcome) => {
    expect(outcomeOf(text, '11')).toBe(outcome);
    if (outcome !== 'phone_invalid') expect(outcomeOf(text)).toBe('phone_needs_area_code');
  });

  test.each(['', '1', '20', '011', '(11)', '1a', '110'])('but not %j, which is none', (areaCode) => {
    expect(outcomeOf('98765-4321', areaCode)).toBe('phone_needs_area_code');
  });

  test('a number that has one keeps it', () => {
    expect(outcomeOf('21 98765-4321', '11')).toBe(`+5521987654321 ${COUNTRY}`);
    expect(outcomeOf('4004-1234', '11')).toBe(`+5540041234 ${COUNTRY}`);
  });
});

describe('wrapping', () => {
  test.each([
    ['="11987654321"', `${MOBILE} phone_unwrap ${COUNTRY}`],
    ['="+5511987654321"', `${MOBILE} phone_unwrap`],
    ['=5511987654321', `${MOBILE} phone_unwrap ${COUNTRY}`],
    ["'11987654321", `${MOBILE} phone_unwrap ${COUNTRY}`],
    ["'11987654321'", `${MOBILE} phone_unwrap ${COUNTRY}`],
    ["''+5511987654321", `${MOBILE} phone_unwrap`],
    ['"11 98765-4321"', `${MOBILE} phone_unwrap ${COUNTRY}`],
    ['="\'11987654321"', `${MOBILE} phone_unwrap ${COUNTRY}`],
    ['11987654321;', `${MOBILE} phone_unwrap ${COUNTRY}`],
    ['[11987654321]', `${MOBILE} phone_unwrap ${COUNTRY}`],
    ['(+55) 11 98765-4321', `${MOBILE} phone_unwrap`],
    ['＋５５ 11 98765-4321', `${MOBILE} phone_unwrap`],
    ['１１９８７６５４３２１', `${MOBILE} phone_unwrap ${COUNTRY}`],
    ['11\u200b98765\u202c-4321', `${MOBILE} phone_unwrap ${COUNTRY}`],
    ['11987654321.0', `${MOBILE} phone_drop_decimals ${COUNTRY}`],
    ['11987654321,0', `${MOBILE} phone_drop_decimals ${COUNTRY}`],
    ['5511987654321.00', `${MOBILE} phone_drop_decimals ${COUNTRY}`],
    ['="11987654321.0"', `${MOBILE} phone_unwrap phone_drop_decimals ${COUNTRY}`],
    ['+5511987654321.0', `${MOBILE} phone_drop_decimals`],
    ['+55119876\u000054321', `${MOBILE} drop_invalid_characters`],
    ['11\u000798765-4321\ud800', `${MOBILE} ${COUNTRY} drop_invalid_characters`],
  ])('%j', (text, outcome) => {
    expect(outcomeOf(text)).toBe(outcome);
  });
});

describe('words', () => {
  test.each([
    ['11 98765-4321 (zap)', MOBILE],
    ['Cel: 11 98765-4321', MOBILE],
    ['cel 11 98765-4321', MOBILE],
    ['tel.:(11)98765-4321', MOBILE],
    ['WhatsApp 11 98765-4321 Ana', MOBILE],
    ['Maria e João 11 98765-4321', MOBILE],
    ['Ana - 11 98765-4321', MOBILE],
    ['Ana, 11 98765-4321', MOBILE],
    ['11 98765-4321 - falar com Ana', MOBILE],
    ['11 98765-4321\nrecado', MOBILE],
    ['11 98765-4321 / zap', MOBILE],
    ['📱 11 98765-4321', MOBILE],
    ['cel11987654321', MOBILE],
    ['11987654321zap', MOBILE],
    ['(0xx11) 98765-4321 (recado)', MOBILE],
    ['https://wa.me/5511987654321', MOBILE],
    ['tel:+5511987654321', MOBILE],
  ])('%j', (text, value) => {
    const outcome = outcomeOf(text).split(' ');
    expect(outcome[0]).toBe(value);
    expect(outcome).toContain('phone_drop_words');
  });

  test.each([
    ['a letter that may be a digit', '1198765432x'],
    ['O for zero', 'O1198765432'],
    ['masked digits', '11 98765-xxxx'],
    ['a masked last digit', '11 98765-432*'],
    ['a question', '11 98765-432?'],
    ['another number beside it', 'apto 12, 11 98765-4321'],
    ['an address of e-mail', '11987654321@example.com'],
    ['money', 'R$ 1.198.765.432'],
    ['words alone', 'falar com a secretária'],
    ['a year', 'desde 2019'],
  ])('%s: not for %j', (_, text) => {
    expect(outcomeOf(text)).toBe('phone_invalid');
  });
});

describe('several numbers', () => {
  test.each([
    ['11 98765-4321 / 11 97777-6666', '11 97777-6666'],
    ['11 98765-4321/11 97777-6666', '11 97777-6666'],
    ['(11) 98765-4321 ou (11) 97777-6666', '(11) 97777-6666'],
    ['11 98765-4321 e 11 3234-5678', '11 3234-5678'],
    ['11987654321;1132345678', '1132345678'],
    ['11987654321, 1132345678, 1133334444', '1132345678 / 1133334444'],
    ['11987654321 | 1132345678', '1132345678'],
    ['11987654321\r\n1132345678', '1132345678'],
    ['11 98765-4321 - 11 3234-5678', '11 3234-5678'],
    ['11 98765-4321 / 97777-6666', '97777-6666'],
    ['(0xx11) 98765-4321 / (0xx11) 3234-5678', '(011) 3234-5678'],
    ['11987654321 +5511977776666', '+5511977776666'],
  ])('%j', (text, others) => {
    expect(proposePhone(text, NOBODY)).toMatchObject({
      value: MOBILE,
      needs: ['phone_take_first', COUNTRY],
      strict: 'phone_no_plus',
      others,
    });
  });

  test.each([
    ['+55 11 98765-4321 ::: +55 21 98765-4321', `${MOBILE} phone_take_first`],
    ['11 98765-4321 (zap) / 11 3234-5678 (casa)', `${MOBILE} phone_drop_words phone_take_first ${COUNTRY}`],
    ['98765-4321 / 11 3234-5678', 'phone_needs_area_code phone_several'],
    ['11 98765-4321 / 123', 'phone_invalid'],
    ['11 3234-5678/79', 'phone_invalid'],
    ['5532-5678/5679', 'phone_invalid'],
    ['11 98765-4321 / 10 98765-4321', 'phone_invalid'],
  ])('%j', (text, outcome) => {
    expect(outcomeOf(text)).toBe(outcome);
  });
});

describe('nothing can be made of', () => {
  test.each([
    ['', 'phone_missing'],
    [' \u200b', 'phone_missing'],
    ['5,51199E+12', 'phone_scientific'],
    ['5.51199E+12', 'phone_scientific'],
    ['+5.51199E+12', 'phone_scientific'],
    ['1,1E+10', 'phone_scientific'],
    ['5.51199e12', 'phone_scientific'],
    ['="5,51199E+12"', 'phone_scientific'],
    ['11 3234-5678 ramal 12', 'phone_has_extension phone_invalid'],
    ['(11) 3234-5678 r. 12', 'phone_has_extension phone_invalid'],
    ['+55 11 3234-5678 ramal 12', 'phone_has_extension phone_invalid'],
    ['+551132345678 x12', 'phone_has_extension phone_invalid'],
    ['+5511987654321;ext=12', 'phone_has_extension phone_invalid'],
    ['11 3234-5678 (ramal 12)', 'phone_has_extension phone_invalid'],
    ['10 98765-4321', 'phone_invalid'],
    ['190', 'phone_invalid'],
    ['119876543210', 'phone_invalid'],
    ['11 8765-43210', 'phone_invalid'],
    ['12133734253', 'phone_invalid'],
    ['5511987654321.5', 'phone_invalid'],
    ['5521987654320.75', 'phone_invalid'],
    ['551198765432.1', 'phone_invalid'],
    ['-5531987654321', 'phone_invalid'],
    ['- 11 98765-4321', 'phone_invalid'],
    ['55119876543215512000000000', 'phone_invalid'],
    ['55119876543219880', 'phone_invalid'],
    ['5511987654321000', 'phone_invalid'],
    ['31/01/2024', 'phone_invalid'],
    ['31-01-2024', 'phone_invalid'],
    ['31.01.2024', 'phone_invalid'],
    ['2024-01-31', 'phone_invalid'],
    ['2024-01-31 10:00', 'phone_invalid'],
    ['31/01/2024 10:00:00', 'phone_invalid'],
    ['119.876.543-21', 'phone_invalid'],
    ['12.345.678/0001-90', 'phone_invalid'],
    ['20040-020', 'phone_invalid'],
    ['11 98765-432', 'phone_invalid'],
    ['+55 11 98765-432', 'phone_invalid'],
    ['98765.432', 'phone_invalid'],
    ['1 98765-4321', 'phone_invalid'],
    ['1 95765-4321', 'phone_invalid'],
    ['(1) 95765-4321', 'phone_invalid'],
    ['(213) 373-4253', 'phone_invalid'],
    ['213-373-4253', 'phone_invalid'],
    ['912 345 678', 'phone_invalid'],
    ['+11 98765-4321', 'phone_invalid'],
    ['+0 11 98765-4321', 'phone_invalid'],
    ['0987654321', 'phone_invalid'],
    ['1198765\u00b2432', 'phone_invalid'],
    ['9'.repeat(251), 'phone_invalid'],
  ])('%j: %s', (text, codes) => {
    expect(outcomeOf(text, '21')).toBe(codes);
  });

  test.each([
    ...[
      '-',
      '--',
      '.',
      '?',
      '(  )     -',
      '(__) _____-____',
      '+',
      '+55',
      '+55 ( )',
      'não tem',
      'NAO TEM',
      'Não tem.',
      'n/a',
    ],
    ...[
      'N/A',
      's/n',
      'S/N',
      'sem telefone',
      'nenhum',
      'nenhuma',
      'x',
      'xxxxx',
      'XX XXXXX-XXXX',
      '0',
      '00000000000',
    ],
    ...[
      '(00) 00000-0000',
      '+55 (00) 00000-0000',
      '99999999999',
      '(99) 99999-9999',
      '11111111',
      '#N/D',
      '#REF!',
      '#¡VALOR!',
    ],
    ...[
      'null',
      'NULL',
      'none',
      'undefined',
      'no tiene',
      'ninguno',
      'sin teléfono',
      'no phone',
      '="0"',
      "'-",
      '0,00',
    ],
  ])('%j, which says that there is none', (text) => {
    expect(outcomeOf(text, '21')).toBe('phone_missing_placeholder phone_invalid');
  });
});

test('a strict reason comes along', () => {
  expect(proposePhone('+55 11 8765-4321', NOBODY)).toMatchObject({ strict: 'phone_invalid' });
  expect(proposePhone('11 98765-4321', NOBODY)).toMatchObject({ strict: 'phone_no_plus', warning: null });
  expect(proposePhone('11 3234-5678', NOBODY)).toMatchObject({
    strict: 'phone_no_plus',
    warning: 'phone_landline',
  });
  expect(proposePhone('0800 123 4567', NOBODY)).toMatchObject({ warning: 'phone_non_geographic' });
  expect(proposePhone('+55119876\u000054321', NOBODY)).toMatchObject({ strict: 'invalid_character' });
});
