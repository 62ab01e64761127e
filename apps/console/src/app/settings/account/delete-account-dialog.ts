import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { sending } from '../../http/sending';
import { isolate } from '../../i18n/format';
import { Texts } from '../../i18n/texts';
import { SessionStore } from '../../session/session-store';
import { CallNote } from '../../ui/call-note';
import { Notices } from '../../ui/notices';
import { AccountApi } from './account-api';

/** Deletes the account with everything in it, once its name is typed. */
@Component({
  imports: [
    CallNote,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    ReactiveFormsModule,
  ],
  template: `
    <form [formGroup]="form" (ngSubmit)="send()" novalidate>
      <h2 mat-dialog-title>{{ t('account.ask_title', { account: isolate(name) }) }}</h2>
      <mat-dialog-content>
        <p>{{ t('account.ask_text') }}</p>
        <ponte-call-note [problem]="sending.problem()" />
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label>{{ t('account.name') }}</mat-label>
          <input
            matInput
            formControlName="name"
            autocomplete="off"
            dir="auto"
            maxlength="255"
            cdkFocusInitial
          />
          <mat-hint>{{ t('account.type_name', { account: isolate(name) }) }}</mat-hint>
          <mat-error>{{ t('account.type_name', { account: isolate(name) }) }}</mat-error>
        </mat-form-field>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>{{ t('actions.cancel') }}</button>
        <button
          matButton="filled"
          class="danger"
          type="submit"
          [disabled]="sending.isSending()"
          disabledInteractive
        >
          {{ t('account.delete') }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    form {
      display: contents;
    }
    mat-dialog-content {
      display: grid;
      gap: 1rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DeleteAccountDialog {
  private readonly api = inject(AccountApi);
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly notices = inject(Notices);
  private readonly accountId = inject<number>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<DeleteAccountDialog>>(MatDialogRef);
  protected readonly t = inject(Texts).t;
  protected readonly isolate = isolate;
  protected readonly sending = sending();
  protected readonly name = this.session.account()?.name ?? '';
  protected readonly form = inject(NonNullableFormBuilder).group({ name: ['', Validators.required] });

  protected async send(): Promise<void> {
    const { name } = this.form.getRawValue();
    const isDone = await this.sending.send(this.form, () =>
      firstValueFrom(this.api.delete(this.accountId, name)),
    );
    if (!isDone) return;
    this.dialog.close();
    try {
      await this.session.refresh();
      await this.router.navigateByUrl('/');
      this.notices.done(this.t('account.deleted', { account: isolate(this.name) }));
    } catch (error) {
      this.notices.problem(error);
    }
  }
}
