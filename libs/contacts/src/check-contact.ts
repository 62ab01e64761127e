import type { Contact, ContactInput } from './contact-fields';
import { checkEmail } from './check-email';
import { isProbableTypo } from './email-typos';
import { checkName, looksLikePhone, type FieldVerdict } from './check-name';
import { checkPhone, type PhoneVerdict } from './check-phone';
import type { ContactIssue, RejectionCode, WarningCode } from './issue-codes';

/** A contact that may be stored, or every reason why not. Warnings are given either way and never reject. */
export type ContactVerdict =
  | { readonly ok: true; readonly contact: Contact; readonly warnings: readonly ContactIssue<WarningCode>[] }
  | {
      readonly ok: false;
      readonly issues: readonly ContactIssue<RejectionCode>[];
      readonly warnings: readonly ContactIssue<WarningCode>[];
    };

const NO_WARNINGS: readonly ContactIssue<WarningCode>[] = Object.freeze([]);

/**
 * Checks one contact against the strict rules: the one function behind the API, the import worker and the browser.
 * At most one issue per field, in the order name, phone, e-mail. Never throws, and checking a checked contact gives
 * it back unchanged. Numbers are read as their decimal text (JSON senders); other non-text values are invalid.
 */
export function checkContact(input: ContactInput): ContactVerdict {
  const source: ContactInput = typeof input === 'object' && input !== null ? input : {};
  return checkCells(source.name, source.phone_number, source.email);
}

/** The same check on three loose values: rows stay arrays, no object per row is made to be thrown away. */
export function checkCells(name: unknown, phoneNumber: unknown, email: unknown): ContactVerdict {
  const nameText = toText(name);
  const phoneText = toText(phoneNumber);
  const emailText = toText(email);
  const named = nameText === null ? REFUSED.name : checkName(nameText);
  const phoned = phoneText === null ? REFUSED.phone_number : checkPhone(phoneText);
  const mailed = emailText === null ? REFUSED.email : checkEmail(emailText);

  const warnings = findWarnings(named, phoned, mailed);
  if (named.ok && phoned.ok && mailed.ok) {
    const contact = { name: named.value, phone_number: phoned.value, email: mailed.value };
    return { ok: true, contact, warnings };
  }
  const issues: ContactIssue<RejectionCode>[] = [];
  if (!named.ok) issues.push({ code: named.code, field: 'name' });
  if (!phoned.ok) issues.push({ code: phoned.code, field: 'phone_number' });
  if (!mailed.ok) issues.push({ code: mailed.code, field: 'email' });
  return { ok: false, issues, warnings };
}

function findWarnings(
  name: FieldVerdict<string>,
  phone: PhoneVerdict,
  email: FieldVerdict<string | null>,
): readonly ContactIssue<WarningCode>[] {
  const isPhoneName = name.ok && looksLikePhone(name.value);
  const phoneWarning = phone.ok ? phone.warning : null;
  const isTypo = email.ok && email.value !== null && isProbableTypo(email.value);
  if (!isPhoneName && phoneWarning === null && !isTypo) return NO_WARNINGS;
  const warnings: ContactIssue<WarningCode>[] = [];
  if (isPhoneName) warnings.push({ code: 'name_looks_like_phone', field: 'name' });
  if (phoneWarning !== null) warnings.push({ code: phoneWarning, field: 'phone_number' });
  if (isTypo) warnings.push({ code: 'email_maybe_typo', field: 'email' });
  return warnings;
}

/** What a value that is no text at all becomes, field by field: silence would lose it. */
const REFUSED = {
  name: { ok: false, code: 'name_missing' },
  phone_number: { ok: false, code: 'phone_invalid' },
  email: { ok: false, code: 'email_invalid' },
} as const;

/** The text of a value; `null` when it has none. JSON from other programs may carry phones as numbers. */
function toText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}
