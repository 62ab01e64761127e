/** Names of the contact's fields: the same in the CSV, in code, on the wire and in the database. */
export type ContactFieldName = 'name' | 'phone_number' | 'email';

/**
 * Words by which people head a column, folded with `foldText` and without punctuation, by language; of two columns with
 * words of one list the earlier word fits better.
 */
export interface HeaderWords {
  readonly pt: readonly string[];
  readonly en: readonly string[];
  readonly es: readonly string[];
}

/** What is declared about one field. `maxLength` is in Unicode code points of the stored value. */
export interface ContactField {
  readonly name: ContactFieldName;
  readonly isRequired: boolean;
  readonly maxLength: number;
  readonly headerWords: HeaderWords;
}

/**
 * The contact, declared once: rules, forms, tables and header matching read this table.
 * Lengths: 254 is what mail servers take. The rules page says 255 for a name, but the corpus stores names of 401
 * (files 120, 121 and 123), and the corpus decides: 500 is the next round number. A phone is `+`, a country code of up to 3 digits and a national
 * number of up to 17, the longest that libphonenumber accepts (longer than E.164's 15, for Germany).
 */
export const CONTACT_FIELDS = [
  {
    name: 'name',
    isRequired: true,
    maxLength: 500,
    headerWords: {
      pt: [
        ...[
          'nome completo',
          'nome',
          'nome do cliente',
          'nome do contato',
          'nome e sobrenome',
          'primeiro nome',
          'prenome',
        ],
        ...['nome social', 'contato', 'cliente', 'razao social', 'nomes', 'pessoa', 'nome da pessoa', 'lead'],
      ],
      en: [
        ...[
          'full name',
          'name',
          'display name',
          'contact name',
          'customer name',
          'client name',
          'first name',
        ],
        ...['given name', 'contact', 'customer', 'client'],
      ],
      es: [
        ...[
          'nombre completo',
          'nombre',
          'nombre y apellido',
          'nombre y apellidos',
          'nombre del cliente',
          'nombres',
        ],
        ...['primer nombre', 'nombre de pila', 'contacto', 'cliente', 'razon social'],
      ],
    },
  },
  {
    name: 'phone_number',
    isRequired: true,
    maxLength: 21,
    headerWords: {
      pt: [
        ...[
          'celular',
          'whatsapp',
          'whats',
          'zap',
          'wpp',
          'cel',
          'telemovel',
          'telefone',
          'tel',
          'fone',
          'telefones',
        ],
        ...[
          'fones',
          'celulares',
          'numero de telefone',
          'numero do telefone',
          'numero de celular',
          'numero',
          'n',
          'num',
        ],
      ],
      en: [
        ...[
          'mobile',
          'mobile phone',
          'cell phone',
          'cellphone',
          'cell',
          'phone number',
          'phone',
          'telephone',
          'number',
        ],
        ...['mobile number', 'phones'],
      ],
      es: [
        'movil',
        'celular',
        'telefono movil',
        'telefono',
        'telefonos',
        'numero de telefono',
        'numero',
        'nro',
      ],
    },
  },
  {
    name: 'email',
    isRequired: false,
    maxLength: 254,
    headerWords: {
      pt: [
        'e mail',
        'email',
        'correio eletronico',
        'correio',
        'endereco de e mail',
        'endereco de email',
        'e mails',
        'emails',
      ],
      en: ['email', 'e mail', 'email address', 'e mail address', 'mail'],
      es: ['correo electronico', 'correo', 'email', 'e mail', 'mail', 'direccion de correo'],
    },
  },
] as const satisfies readonly ContactField[];

/** A contact that passed `checkContact`: trimmed and NFC name, phone in the library's E.164, e-mail as typed. */
export interface Contact {
  name: string;
  phone_number: string;
  email: string | null;
}

/** What is offered for checking. Other keys are not read. */
export interface ContactInput {
  readonly name?: string | null | undefined;
  readonly phone_number?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/**
 * Who a contact is inside one account: its phone number in E.164. E-mail addresses may be shared.
 * The same mobile written without its ninth digit is another key here: the API accepts only numbers that are
 * valid today, and the look-up of the twin comes with the console's repairs.
 */
export function contactKey(contact: Pick<Contact, 'phone_number'>): string {
  return contact.phone_number;
}
