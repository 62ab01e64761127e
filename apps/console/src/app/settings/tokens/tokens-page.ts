import { ChangeDetectionStrategy, Component, inject, signal, viewChild } from '@angular/core';
import { FormGroupDirective, NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import type { AccessTokenView, List, NewAccessToken } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { type CallProblem, readProblem } from '../../http/call-problem';
import { loaded } from '../../http/loaded';
import { isolate } from '../../i18n/format';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import { Confirm } from '../../ui/confirm';
import { EmptyState } from '../../ui/empty-state';
import { focusContent } from '../../ui/focus-content';
import { Note } from '../../ui/note';
import { Notices } from '../../ui/notices';
import { ProblemNote } from '../../ui/problem-note';
import { SecretNote } from '../../ui/secret-note';
import { TokensApi } from './tokens-api';

/** The caller's own access tokens: made with a name, shown once, revoked at any time. */
@Component({
  selector: 'ponte-tokens-page',
  imports: [
    EmptyState,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
    Note,
    ProblemNote,
    ReactiveFormsModule,
    SecretNote,
  ],
  templateUrl: './tokens-page.html',
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      gap: 0.75rem;
    }
    mat-form-field {
      flex: 1 1 16rem;
      inline-size: auto;
    }
    form button {
      min-block-size: 3.5rem;
    }
    .loading {
      min-block-size: 8rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TokensPage {
  private readonly api = inject(TokensApi);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly formats = inject(Formats);
  protected readonly t = inject(Texts).t;
  protected readonly dateTime = this.formats.dateTime;
  protected readonly isolate = isolate;

  protected readonly list = loaded<List<AccessTokenView>>();
  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.pattern(/\S/)]],
  });
  private readonly directive = viewChild.required(FormGroupDirective);
  protected readonly created = signal<NewAccessToken | null>(null);
  protected readonly problem = signal<CallProblem | null>(null);
  protected readonly isSending = signal(false);

  constructor() {
    this.reload();
  }

  protected reload(): void {
    this.list.load(this.api.list());
  }

  protected async create(): Promise<void> {
    this.problem.set(null);
    if (this.form.invalid) return;
    this.isSending.set(true);
    try {
      this.created.set(await firstValueFrom(this.api.create(this.form.getRawValue().name.trim())));
      this.directive().resetForm();
      this.reload();
    } catch (error) {
      this.problem.set(readProblem(error));
    } finally {
      this.isSending.set(false);
    }
  }

  protected async revoke(token: AccessTokenView): Promise<void> {
    const isSure = await this.confirm.ask({
      title: this.t('tokens.revoke_title', { name: isolate(token.name) }),
      text: this.t('tokens.revoke_text'),
      yes: this.t('tokens.revoke_yes'),
    });
    if (!isSure) return;
    try {
      await firstValueFrom(this.api.revoke(token.id));
      focusContent();
      if (this.created()?.id === token.id) this.created.set(null);
      this.notices.done(this.t('tokens.revoked', { name: isolate(token.name) }));
    } catch (error) {
      this.notices.problem(error);
    }
    this.reload();
  }
}
