import type { ContactFieldName } from './contact-fields';
import { wordList } from './word-list';

/** Parts of a name beside the first one, in the title of their own column. */
export const LAST_NAME_WORDS = wordList(`
  sobrenome, sobrenomes, ultimo nome, segundo nome, nome do meio, nome de familia,
  last name, lastname, surname, family name, middle name, additional name, second name,
  apellido, apellidos, primer apellido, segundo apellido, apellido paterno, apellido materno, segundo nombre`);

export const AREA_CODE_WORDS = wordList(`
  ddd, codigo de area, codigo area, cod area, codigo ddd, area code, prefijo, lada`);

/** Words for a phone that an address, an order or a table has as well: the content has to agree. */
export const WEAK_PHONE_WORDS = wordList('n, no, num, nro, numero, number');

/** Beside a column with one of these, a column of another title holds whole names. */
export const FIRST_NAME_WORDS = wordList(
  'primeiro nome, prenome, first name, given name, primer nombre, nombre de pila',
);

/** Names that hold the last names already. */
export const FULL_NAME_WORDS = wordList(`
  nome completo, nome e sobrenome, full name, display name, nombre completo, nombre y apellido, nombre y apellidos,
  razao social, razon social`);

/** Too common inside other titles (`Cliente desde`, `Forma de contato`) to say anything there. */
export const WHOLE_TITLES = wordList('contato, contacto, contact, cliente, customer, client, lead, pessoa');

/** Words of a telephone that people carry with them. */
export const MOBILE_WORDS = wordList(`
  celular, celulares, cel, whatsapp, whats, wpp, zap, mobile, movil, telemovel, cell, cellphone`);

/** Words of a telephone that stays where it is. */
export const LANDLINE_WORDS = wordList(`
  fixo, fijo, comercial, residencial, fax, recado, landline, work, home, office, business, trabalho, trabajo, casa,
  empresa, escritorio, oficina`);

/** With one of these words a title is about something else that belongs to a contact field, or about another person. */
export const ASIDE_WORDS: Readonly<Record<'any' | ContactFieldName, ReadonlySet<string>>> = {
  any: wordList(`
    label, type, tipo, etiqueta, status, situacao, id, codigo, cod, code, data, date, fecha, valido, valid, opt,
    consentimento, aceita, recebe, enviado, qtd, quantidade, count`),
  name: wordList(`
    mae, pai, mother, father, madre, padre, conjuge, empresa, company, organization, organizacao, organizacion, fantasia,
    phonetic, fonetico, yomi, prefix, prefixo, prefijo, suffix, sufixo, sufijo, nickname, nick, apelido, maiden, usuario,
    user, username, login, vendedor, responsavel, file, arquivo, produto, product, producto, plano, plan, rua, cidade, city,
    ciudad, bairro, escola, curso, banco, loja, grupo, campanha, campaign, domain, department, job`),
  phone_number: wordList('ramal, extension, operadora, carrier, ddi, phonetic, pais, country, model, modelo'),
  email: wordList('phonetic, marketing, senha, password, assunto, subject'),
};
