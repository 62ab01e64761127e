import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { RunMail } from '@ponte/contracts';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { Icon } from '../ui/icon';

/** Where the e-mail about a run is. */
@Component({
  selector: 'ponte-mail-state',
  imports: [Icon],
  template: `
    @if (text(); as text) {
      <p><ponte-icon name="mail" />{{ text }}</p>
    }
  `,
  styles: `
    p {
      display: flex;
      align-items: center;
      gap: 0.5rem;
      font-size: 0.875rem;
    }
    ponte-icon {
      inline-size: 1rem;
      block-size: 1rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class MailState {
  readonly mail = input.required<RunMail | null>();
  private readonly t = inject(Texts).t;
  private readonly formats = inject(Formats);
  protected readonly text = computed(() => {
    const mail = this.mail();
    if (!mail) return null;
    const time = mail.sent_at ? this.formats.dateTime(mail.sent_at) : '';
    return this.t(`mail.${mail.state}`, { time });
  });
}
