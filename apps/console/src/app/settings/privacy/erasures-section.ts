import { ChangeDetectionStrategy, Component, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { ErasureView, List } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { loaded } from '../../http/loaded';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import { SessionStore } from '../../session/session-store';
import { Confirm } from '../../ui/confirm';
import { EmptyState } from '../../ui/empty-state';
import { focusContent } from '../../ui/focus-content';
import { Notices } from '../../ui/notices';
import { Pager } from '../../ui/pager';
import { ProblemNote } from '../../ui/problem-note';
import { ERASURES_PER_PAGE, ErasuresApi } from './erasures-api';
import { PrivacyTexts } from './privacy-texts';

/** When and by whom people were erased, and the way back for each. Who they were is known to no one. */
@Component({
  selector: 'ponte-erasures-section',
  imports: [EmptyState, MatButtonModule, Pager, ProblemNote],
  templateUrl: './erasures-section.html',
  styles: `
    :host {
      display: contents;
    }
    h2 {
      padding: 1rem 1rem 0.75rem;
    }
    .unfinished {
      color: var(--mat-sys-error);
      font-weight: 600;
    }
    .loading {
      min-block-size: 8rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ErasuresSection {
  private readonly api = inject(ErasuresApi);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  private readonly privacyTexts = inject(PrivacyTexts);
  protected readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;
  protected readonly dateTime = inject(Formats).dateTime;
  protected readonly perPage = ERASURES_PER_PAGE;

  readonly accountId = input.required<number>();
  protected readonly page = signal(1);
  protected readonly list = loaded<List<ErasureView>>();

  constructor() {
    effect(() => {
      this.accountId();
      this.page();
      untracked(() => this.reload());
    });
  }

  reload(): void {
    this.list.load(this.api.list(this.accountId(), this.page()));
  }

  protected what({ erased }: ErasureView): string {
    return this.privacyTexts.counts(erased) || this.t('privacy.erasures.nothing');
  }

  protected async lift(erasure: ErasureView): Promise<void> {
    const isSure = await this.confirm.ask({
      title: this.t('privacy.erasures.lift_title'),
      text: this.t('privacy.erasures.lift_text'),
      yes: this.t('privacy.erasures.lift_yes'),
    });
    if (!isSure) return;
    try {
      await firstValueFrom(this.api.lift(this.accountId(), erasure.id));
      focusContent();
      this.notices.done(this.t('privacy.erasures.lifted'));
    } catch (error) {
      this.notices.problem(error);
    }
    this.reload();
  }
}
