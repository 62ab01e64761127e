/** Names of the contact's fields: the same in the CSV, in code, on the wire and in the database. */
export type ContactFieldName = 'name' | 'phone_number' | 'email';

/** Words by which people head a column, folded with `foldText` and without punctuation, by language. */
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
      pt: ['nome', 'nome completo', 'cliente', 'contato', 'razao social'],
      en: ['name', 'full name'],
      es: ['nombre', 'nombre completo', 'contacto', 'razon social'],
    },
  },
  {
    name: 'phone_number',
    isRequired: true,
    maxLength: 21,
    headerWords: {
      pt: ['telefone', 'tel', 'fone', 'celular', 'cel', 'whatsapp', 'whats', 'zap', 'numero', 'n'],
      en: ['phone number', 'phone', 'mobile'],
      es: ['telefono', 'movil', 'celular', 'numero'],
    },
  },
  {
    name: 'email',
    isRequired: false,
    maxLength: 254,
    headerWords: {
      pt: ['e mail', 'email', 'correio'],
      en: ['email', 'e mail', 'mail'],
      es: ['correo', 'correo electronico', 'email'],
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
