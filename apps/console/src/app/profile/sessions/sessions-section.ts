import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { List, SessionView } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { loaded } from '../../http/loaded';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';
import { Confirm } from '../../ui/confirm';
import { focusContent } from '../../ui/focus-content';
import { Icon } from '../../ui/icon';
import { Notices } from '../../ui/notices';
import { ProblemNote } from '../../ui/problem-note';
import { readUserAgent } from './browser-name';
import { SessionsApi } from './sessions-api';

/** The browsers in which the person is signed in. Each other one can be ended here, or all of them at once. */
@Component({
  selector: 'ponte-sessions-section',
  imports: [Icon, MatButtonModule, ProblemNote],
  templateUrl: './sessions-section.html',
  styleUrl: './sessions-section.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SessionsSection {
  private readonly api = inject(SessionsApi);
  private readonly confirm = inject(Confirm);
  private readonly notices = inject(Notices);
  protected readonly dateTime = inject(Formats).dateTime;
  protected readonly t = inject(Texts).t;
  protected readonly list = loaded<List<SessionView>>();
  protected readonly hasOthers = computed(() =>
    this.list.value()?.payload.some(({ is_current }) => !is_current),
  );

  constructor() {
    this.reload();
  }

  protected reload(): void {
    this.list.load(this.api.list());
  }

  protected name({ user_agent }: SessionView): string {
    const { browser, system } = readUserAgent(user_agent);
    if (browser !== null && system !== null) return this.t('sessions.browser_on', { browser, system });
    return browser ?? system ?? this.t('sessions.unknown');
  }

  protected async end(session: SessionView): Promise<void> {
    await this.endWith(() => firstValueFrom(this.api.end(session.id)), this.t('sessions.ended'));
  }

  protected async endOthers(): Promise<void> {
    const isSure = await this.confirm.ask({
      title: this.t('sessions.end_others_title'),
      text: this.t('sessions.end_others_text'),
      yes: this.t('sessions.end_others_yes'),
    });
    if (isSure)
      await this.endWith(() => firstValueFrom(this.api.endOthers()), this.t('sessions.others_ended'));
  }

  private async endWith(call: () => Promise<void>, done: string): Promise<void> {
    try {
      await call();
      focusContent();
      this.notices.done(done);
    } catch (error) {
      this.notices.problem(error);
    }
    this.reload();
  }
}
