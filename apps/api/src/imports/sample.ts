import { CONTACT_FIELDS } from '@ponte/contacts';
import type { Locale } from '@ponte/contracts';
import { csvRows } from '@ponte/tabular';

const ROWS: Record<Locale, readonly (readonly string[])[]> = {
  'pt-BR': [
    ['Ana Exemplo', '+5511999990001', 'ana@example.com'],
    ['João Exemplo da Conceição', '+5521999990002', ''],
    ['Exemplo Comércio, Ltda.', '+553135550003', 'contato@example.com'],
  ],
  en: [
    ['Ana Example', '+5511999990001', 'ana@example.com'],
    ['João Example', '+5521999990002', ''],
    ['Example Trading, Ltd.', '+553135550003', 'contact@example.com'],
  ],
  es: [
    ['Ana Ejemplo', '+5511999990001', 'ana@example.com'],
    ['João Ejemplo', '+5521999990002', ''],
    ['Ejemplo Comercio, S. A.', '+553135550003', 'contacto@example.com'],
  ],
};

/** A file with the columns that work and no others, to be imported as it is: with accents, a comma and an empty e-mail. */
export function sampleCsv(locale: Locale): AsyncGenerator<Uint8Array> {
  async function* rows() {
    yield [CONTACT_FIELDS.map(({ name }) => name), ...ROWS[locale]];
  }
  return csvRows(rows(), { bom: true });
}
