import { inject } from '@angular/core';
import { type AbstractControl, NonNullableFormBuilder, type ValidatorFn } from '@angular/forms';
import { checkContact, type ContactFieldName, type WarningCode } from '@ponte/contacts';
import type { ContactView } from '@ponte/contracts';
import type { CallProblem } from '../http/call-problem';

export const FIELDS = ['name', 'phone_number', 'email'] as const satisfies readonly ContactFieldName[];

/** The verdict of the server, asked beforehand: the same function. */
function accepted(field: ContactFieldName): ValidatorFn {
  return (control: AbstractControl<string>) => {
    const verdict = checkContact({ [field]: control.value });
    const issue = verdict.ok ? undefined : verdict.issues.find((each) => each.field === field);
    return issue ? { code: issue.code } : null;
  };
}

/** Needs an injection context. */
export function contactForm(contact: ContactView | null) {
  return inject(NonNullableFormBuilder).group({
    name: [contact?.name ?? '', accepted('name')],
    phone_number: [contact?.phone_number ?? '', accepted('phone_number')],
    email: [contact?.email ?? '', accepted('email')],
  });
}

export type ContactForm = ReturnType<typeof contactForm>;

export function errorCode(form: ContactForm, field: ContactFieldName): string | null {
  const code: unknown = form.controls[field].getError('code');
  return typeof code === 'string' ? code : null;
}

/** Remarks on what is typed so far. They never keep anybody from saving. */
export function warningCode(form: ContactForm, field: ContactFieldName): WarningCode | null {
  const { warnings } = checkContact(form.getRawValue());
  return warnings.find((warning) => warning.field === field)?.code ?? null;
}

/** Puts what the server found beside the field that it is about; false when it is about no field. */
export function showOnField(form: ContactForm, problem: CallProblem): boolean {
  const taken = { phone_taken: 'phone_number', email_taken: 'email' } as const;
  const issues =
    problem.code === 'phone_taken' || problem.code === 'email_taken'
      ? [{ field: taken[problem.code], code: problem.code }]
      : problem.issues;
  let isShown = false;
  for (const { field, code } of issues) {
    const control = form.get(field);
    if (!control) continue;
    control.setErrors({ code });
    control.markAsTouched();
    isShown = true;
  }
  return isShown;
}
