import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { AccessTokenView, List, NewAccessToken } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
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
import { TokenForm } from './token-form';
import { TokensApi } from './tokens-api';

/** The caller's own access tokens: what each may do and until when; shown once, revoked at any time. */
@Component({
  selector: 'ponte-tokens-page',
  imports: [EmptyState, MatButtonModule, Note, ProblemNote, SecretNote, TokenForm],
  templateUrl: './tokens-page.html',
  styles: `
    .hint {
      display: block;
      font-weight: 400;
    }
    .expired {
      color: var(--mat-sys-error);
      font-weight: 600;
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
  protected readonly date = this.formats.date;
  protected readonly dateTime = this.formats.dateTime;
  protected readonly isolate = isolate;

  protected readonly list = loaded<List<AccessTokenView>>();
  protected readonly created = signal<NewAccessToken | null>(null);

  constructor() {
    this.reload();
  }

  protected reload(): void {
    this.list.load(this.api.list());
  }

  protected scopeTexts({ scopes }: AccessTokenView): string {
    return scopes.map((scope) => this.t(`tokens.scopes.${scope}`)).join(', ');
  }

  protected isExpired({ expires_at }: AccessTokenView): boolean {
    return new Date(expires_at).getTime() <= Date.now();
  }

  protected show(token: NewAccessToken): void {
    this.created.set(token);
    this.reload();
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
