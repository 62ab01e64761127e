import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  numberAttribute,
  untracked,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { sending } from '../../http/sending';
import { Texts } from '../../i18n/texts';
import { SessionStore } from '../../session/session-store';
import { CallNote } from '../../ui/call-note';
import { Notices } from '../../ui/notices';
import { AccountApi } from './account-api';

/** Name and rules of the account, and its end. */
@Component({
  selector: 'ponte-account-page',
  imports: [CallNote, MatButtonModule, MatFormFieldModule, MatInputModule, ReactiveFormsModule, RouterLink],
  templateUrl: './account-page.html',
  styles: `
    form,
    section {
      max-inline-size: 42rem;
    }
    label {
      display: flex;
      align-items: center;
      gap: 0.625rem;
      min-block-size: 2.25rem;
    }
    label > input {
      flex: none;
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin: 0;
      accent-color: var(--mat-sys-primary);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AccountPage {
  private readonly api = inject(AccountApi);
  private readonly dialog = inject(MatDialog);
  private readonly notices = inject(Notices);
  protected readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();
  protected readonly isRequired = computed(() => this.session.account()?.requires_second_factor === true);
  /** Without one, the person who demands it would be the first to stand outside: the server refuses that. */
  protected readonly hasSecondFactor = computed(() => this.session.user()?.has_second_factor === true);
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.pattern(/\S/)]],
  });

  readonly account_id = input.required<number, string>({ transform: numberAttribute });

  constructor() {
    // Another account is another form; what is typed stays while the same one is refreshed.
    effect(() => {
      this.account_id();
      untracked(() => this.form.reset({ name: this.session.account()?.name ?? '' }));
    });
  }

  protected async rename(): Promise<void> {
    const name = this.form.getRawValue().name.trim();
    const isDone = await this.sending.send(this.form, () => this.update({ name }));
    if (isDone) this.notices.done(this.t('account.saved'));
  }

  protected async requireSecondFactor(box: HTMLInputElement): Promise<void> {
    try {
      await this.update({ requires_second_factor: box.checked });
      this.notices.done(this.t(box.checked ? 'account.second_factor_on' : 'account.second_factor_off'));
    } catch (error) {
      box.checked = !box.checked;
      this.notices.problem(error);
    }
  }

  protected async delete(): Promise<void> {
    const { DeleteAccountDialog } = await import('./delete-account-dialog');
    this.dialog.open(DeleteAccountDialog, { data: this.account_id(), width: '32rem' });
  }

  private async update(body: Parameters<AccountApi['update']>[1]): Promise<void> {
    await firstValueFrom(this.api.update(this.account_id(), body));
    await this.session.refresh();
  }
}
