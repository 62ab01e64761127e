import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import type { ContactFieldName } from '@ponte/contacts';
import type { ContactView } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { type CallProblem, readProblem } from '../http/call-problem';
import { ProblemTexts } from '../i18n/problem-texts';
import { Texts } from '../i18n/texts';
import { focusFirstError } from '../ui/focus-first-error';
import { Icon } from '../ui/icon';
import { ProblemNote } from '../ui/problem-note';
import { contactForm, errorCode, showOnField, warningCode } from './contact-form';
import { ContactsApi } from './contacts-api';
import { formatPhone } from './format-phone';
import { suggestPhone } from './suggest-phone';

export interface ContactDialogData {
  accountId: number;
  /** null: a new one. */
  contact: ContactView | null;
}

/** Add or edit one contact; closes with what the server stored. */
@Component({
  imports: [
    Icon,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    ProblemNote,
    ReactiveFormsModule,
  ],
  templateUrl: './contact-dialog.html',
  styles: `
    form {
      display: contents;
    }
    mat-dialog-content {
      display: grid;
      gap: 0.5rem;
      padding-block-start: 0.5rem !important;
    }
    .warning {
      color: var(--ponte-look);
    }
    .suggestion {
      justify-self: start;
      margin-block-end: 0.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ContactDialog {
  private readonly api = inject(ContactsApi);
  private readonly dialog = inject<MatDialogRef<ContactDialog, ContactView>>(MatDialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly problemTexts = inject(ProblemTexts);
  private readonly data = inject<ContactDialogData>(MAT_DIALOG_DATA);

  protected readonly t = inject(Texts).t;
  protected readonly formatPhone = formatPhone;
  protected readonly contact = this.data.contact;
  protected readonly form = contactForm(this.data.contact);
  protected readonly isSending = signal(false);
  protected readonly problem = signal<CallProblem | null>(null);

  private readonly value = toSignal(this.form.valueChanges, { initialValue: this.form.getRawValue() });
  protected readonly suggestion = computed(() => suggestPhone(this.value().phone_number ?? ''));

  protected error(field: ContactFieldName): string {
    const code = errorCode(this.form, field);
    return code === null ? '' : this.problemTexts.ofField(code);
  }

  protected warning(field: ContactFieldName): string | null {
    const code = warningCode(this.form, field);
    return code === null ? null : this.t(`warnings.${code}`);
  }

  protected accept(phone: string): void {
    this.form.controls.phone_number.setValue(phone);
  }

  protected async save(): Promise<void> {
    this.problem.set(null);
    if (this.form.invalid) {
      this.form.markAllAsTouched();
      focusFirstError(this.host.nativeElement);
      return;
    }
    const { accountId, contact } = this.data;
    const body = this.form.getRawValue();
    this.isSending.set(true);
    try {
      const call = contact ? this.api.update(accountId, contact.id, body) : this.api.create(accountId, body);
      this.dialog.close(await firstValueFrom(call));
    } catch (error) {
      const problem = readProblem(error);
      if (showOnField(this.form, problem)) focusFirstError(this.host.nativeElement);
      else this.problem.set(problem);
    } finally {
      this.isSending.set(false);
    }
  }
}
