import { checkContact, type ContactFieldName, type RejectionCode } from '@ponte/contacts';

const GOOD = { name: 'Ana', phone_number: '+5511987654321' } as const;

/** Why a value cannot stand in for blank cells; null when it can. */
export function defaultIssue(field: ContactFieldName, value: string): RejectionCode | null {
  if (value.trim() === '') return null;
  const verdict = checkContact({ ...GOOD, [field]: value });
  return verdict.ok ? null : (verdict.issues[0]?.code ?? null);
}
