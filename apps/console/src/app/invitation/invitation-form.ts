import { inject } from '@angular/core';
import { type FormControl, type FormGroup, NonNullableFormBuilder, Validators } from '@angular/forms';
import { type AcceptInvitation, PASSWORD_LENGTH } from '@ponte/contracts';
import type { InvitationReader } from './invitation-reader';

type InvitationForm = FormGroup<Record<'email' | 'name' | 'password' | 'code', FormControl<string>>>;

/** Needs an injection context. */
export function invitationForm(): InvitationForm {
  const forms = inject(NonNullableFormBuilder);
  return forms.group({
    email: [''],
    name: ['', [Validators.required, Validators.pattern(/\S/)]],
    password: [''],
    code: ['', Validators.required],
  });
}

/** Asks for what this reader has to give; the rest is disabled and not sent. */
export function askOf(form: InvitationForm, reader: InvitationReader | null, needsCode: boolean): void {
  const { name, password, code } = form.controls;
  const isAsked: [FormControl<string>, boolean][] = [
    [name, reader === 'new'],
    [password, reader === 'new' || reader === 'known'],
    [code, reader === 'known' && needsCode],
  ];
  for (const [control, isOn] of isAsked) {
    if (isOn) control.enable();
    else control.disable();
  }
  const isNew = reader === 'new';
  password.setValidators(
    isNew ? [Validators.required, Validators.minLength(PASSWORD_LENGTH.min)] : Validators.required,
  );
  password.updateValueAndValidity();
}

/** What was asked for, as the API takes it. */
export function acceptanceOf(form: InvitationForm): Pick<AcceptInvitation, 'name' | 'password' | 'code'> {
  const { name, password, code } = form.value;
  return {
    ...(name !== undefined && { name: name.trim() }),
    ...(password !== undefined && { password }),
    ...(code !== undefined && { code }),
  };
}
