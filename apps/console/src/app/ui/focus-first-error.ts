/** After a form was sent too early: the first field that is not accepted gets the focus, its error is read out. */
export function focusFirstError(form: HTMLElement): void {
  setTimeout(() => form.querySelector<HTMLElement>('input.ng-invalid, select.ng-invalid')?.focus());
}
