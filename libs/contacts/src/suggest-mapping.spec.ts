import { describe, expect, test } from 'vitest';
import { suggestMapping } from './suggest-mapping';

/** Roles by column in one line: `-` for none. */
const rolesOf = (header: readonly string[], rows: readonly (readonly string[])[] = []): string =>
  suggestMapping(header, rows)
    .map(({ role }) => role ?? '-')
    .join(' ');

describe('titles alone', () => {
  test.each([
    [['name', 'phone_number', 'email'], 'name phone_number email'],
    [['Nome', 'Telefone', 'E-mail'], 'name phone_number email'],
    [['NOME COMPLETO', 'CELULAR', 'EMAIL'], 'name phone_number email'],
    [['Cliente', 'WhatsApp', 'Correio eletrônico'], 'name phone_number email'],
    [['Razão Social', 'Fone', 'e_mail'], 'name phone_number email'],
    [['Nombre', 'Teléfono', 'Correo electrónico'], 'name phone_number email'],
    [['Nombre', 'Apellidos', 'Móvil', 'Correo'], 'name last_name phone_number email'],
    [['Full Name', 'Mobile Phone', 'Email Address'], 'name phone_number email'],
    [['First Name', 'Last Name', 'Phone'], 'name last_name phone_number'],
    [['Nome', 'Sobrenome', 'DDD', 'Telefone'], 'name last_name area_code phone_number'],
    [['Nome', 'Cód. Área', 'Telefone'], 'name area_code phone_number'],
    [['Nome', 'DDD', 'E-mail'], 'name - email'],
    [['Nome do cliente', 'Telefone celular', 'Endereço de e-mail'], 'name phone_number email'],
    [['Nome', 'Celular', 'Telefone fixo', 'E-mail'], 'name phone_number - email'],
    [['Nome', 'Telefone residencial', 'Telefone comercial', 'Celular'], 'name - - phone_number'],
    [['Nome', 'Fax', 'Telefone'], 'name - phone_number'],
    [['Nome', 'Telefone', 'Telefone celular'], 'name - phone_number'],
    [['Nome', 'Telefone 2', 'Telefone 1'], 'name - phone_number'],
    [['Nome', 'DDD Fixo', 'Fixo', 'DDD Celular', 'Celular'], 'name - - area_code phone_number'],
    [['DDD 1', 'Telefone 1', 'DDD 2', 'Telefone 2', 'Nome'], 'area_code phone_number - - name'],
    [['Nome da mãe', 'Nome', 'Nome fantasia', 'Telefone'], '- name - phone_number'],
    [['Nome da empresa', 'Contato', 'Telefone'], '- name phone_number'],
    [['Nome', 'Nome completo', 'Sobrenome', 'Tel'], '- name - phone_number'],
    [['Name', 'Given Name', 'Additional Name', 'Family Name'], 'name - - -'],
    [['Nome', 'Número', 'N', 'Telefone do cliente'], 'name - - phone_number'],
    [['Cliente desde', 'Código do cliente', 'Nome'], '- - name'],
    [['E-mail do cliente', 'Telefone do cliente', 'Cliente'], 'email phone_number name'],
    [['constructor', '__proto__', 'toString', 'nome'], '- - - name'],
    [['', ' ', 'nome', 'nome'], '- - name -'],
    [['Nome', 'Ramal', 'Operadora', 'Telefone válido', 'Data de envio do e-mail'], 'name - - - -'],
    [[], ''],
  ] as const)('%j', (header, roles) => {
    expect(rolesOf(header)).toBe(roles);
  });
});
