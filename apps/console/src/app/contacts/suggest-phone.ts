import { checkContact } from '@ponte/contacts';

/** The Brazilian number that was probably meant by one without `+`: E.164, or null. Only proposed, never applied. */
export function suggestPhone(text: string): string | null {
  if (text.trim().startsWith('+')) return null;
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  for (const candidate of [`+55${digits}`, `+${digits}`]) {
    const verdict = checkContact({ name: '-', phone_number: candidate });
    if (verdict.ok && verdict.contact.phone_number.startsWith('+55')) return verdict.contact.phone_number;
  }
  return null;
}
