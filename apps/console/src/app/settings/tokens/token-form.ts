import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FormGroupDirective, NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { DEFAULT_TOKEN_SCOPES, type NewAccessToken, TOKEN_SCOPES, type TokenScope } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { sending } from '../../http/sending';
import { Texts } from '../../i18n/texts';
import { CallNote } from '../../ui/call-note';
import { EXPIRY_CHOICES, type ExpiryChoice, expiryDays, expiryOf } from './token-expiry';
import { TokensApi } from './tokens-api';

/** A new token: its name, what it may do, and until when. */
@Component({
  selector: 'ponte-token-form',
  imports: [CallNote, MatButtonModule, MatFormFieldModule, MatInputModule, ReactiveFormsModule],
  templateUrl: './token-form.html',
  styleUrl: './token-form.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TokenForm {
  private readonly api = inject(TokensApi);
  private readonly directive = viewChild.required(FormGroupDirective);
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();
  protected readonly allScopes = TOKEN_SCOPES;
  protected readonly choices = EXPIRY_CHOICES;
  protected readonly days = expiryDays(Date.now());
  protected readonly scopeText = (scope: TokenScope) => this.t(`tokens.scopes.${scope}`);
  protected readonly scopeHint = (scope: TokenScope) => this.t(`tokens.scope_hints.${scope}`);
  protected readonly choiceText = (choice: ExpiryChoice) => this.t(`tokens.expiries.${choice}`);

  protected readonly form = inject(NonNullableFormBuilder).group({
    name: ['', [Validators.required, Validators.pattern(/\S/)]],
    expiry: ['365' as ExpiryChoice],
    date: [''],
  });
  protected readonly scopes = signal<ReadonlySet<TokenScope>>(new Set(DEFAULT_TOKEN_SCOPES));
  private readonly changes = toSignal(this.form.events);
  protected readonly isDate = computed(() => (this.changes(), this.form.controls.expiry.value === 'date'));
  readonly created = output<NewAccessToken>();

  protected toggle(scope: TokenScope): void {
    this.scopes.update((scopes) => {
      const next = new Set(scopes);
      if (!next.delete(scope)) next.add(scope);
      return next;
    });
  }

  protected askForDate(): void {
    const { date } = this.form.controls;
    date.setValidators(this.isDate() ? Validators.required : null);
    date.updateValueAndValidity();
  }

  protected async create(): Promise<void> {
    const { name, expiry, date } = this.form.getRawValue();
    const isDone = await this.sending.send(this.form, async () => {
      const scopes = TOKEN_SCOPES.filter((scope) => this.scopes().has(scope));
      const expires_at = expiryOf(expiry, date, Date.now());
      const body = { name: name.trim(), scopes, ...(expires_at !== undefined && { expires_at }) };
      this.created.emit(await firstValueFrom(this.api.create(body)));
    });
    if (!isDone) return;
    this.sending.reset();
    this.directive().resetForm();
    this.askForDate();
    this.scopes.set(new Set(DEFAULT_TOKEN_SCOPES));
  }
}
