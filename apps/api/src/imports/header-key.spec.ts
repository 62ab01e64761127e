import { describe, expect, it } from 'vitest';
import { headerKey } from './header-key';

const hex = (header: readonly string[]) => headerKey(header)?.toString('hex') ?? null;
const HEADER = ['Nome completo', 'Telefone', 'E-mail'];

describe('headerKey', () => {
  it.each([
    ['capitals', ['NOME COMPLETO', 'TELEFONE', 'E-MAIL']],
    ['accents', ['Nôme completo', 'Telefóne', 'E-mail']],
    ['blanks', [' Nome   completo', 'Telefone\u00a0', 'E-mail ']],
    ['nameless columns at the end', [...HEADER, '', ' ']],
    ['the reasons of rejected rows', [...HEADER, 'errors']],
    ['reasons behind nameless columns', [...HEADER, '', 'errors']],
    ['reasons twice', [...HEADER, 'errors', 'errors']],
    ['reasons in other languages', [...HEADER, 'Erros', 'Errores']],
  ])('is the same with other %s', (_, header) => {
    expect(hex(header)).toBe(hex(HEADER));
  });

  it.each([
    ['another title', ['Nome', 'Telefone', 'E-mail']],
    ['another order', ['Telefone', 'Nome completo', 'E-mail']],
    ['a title less', ['Nome completo', 'Telefone']],
    ['a title more', [...HEADER, 'Cidade']],
    ['a nameless column before', ['', ...HEADER]],
    ['titles that run together', ['Nome completoTelefone', 'E-mail']],
    ['titles that look like a list', ['Nome completo","Telefone', 'E-mail']],
    ['errors in the middle', ['Nome completo', 'errors', 'Telefone', 'E-mail']],
  ])('is another for %s', (_, header) => {
    expect(hex(header)).not.toBe(hex(HEADER));
  });

  it.each([[[]], [['']], [['', ' ']], [['errors']], [['', 'errors']]])('is none for %j', (header) => {
    expect(headerKey(header)).toBeNull();
  });
});
