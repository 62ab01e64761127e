import { ChangeDetectionStrategy, Component, computed, ElementRef, inject, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import { EntryDraft } from '../entry/entry-draft';
import { EntryField } from '../entry/entry-field';
import { focusHeading } from '../entry/focus-heading';
import { LinksApi } from '../entry/links-api';
import { sending } from '../http/sending';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { CallNote } from '../ui/call-note';
import { Icon } from '../ui/icon';
import { secondsLeft } from '../ui/seconds-left';

/** Between one e-mail and the next. The server has limits of its own. */
const SECONDS_BETWEEN = 60;
const PLACE = '\u0000';

/** Asks for a link that replaces a forgotten password, and says the same for every address. */
@Component({
  selector: 'ponte-forgot-password',
  imports: [CallNote, EntryField, Icon, MatButtonModule, ReactiveFormsModule, RouterLink],
  templateUrl: './forgot-password.html',
  styles: `
    :host {
      display: contents;
    }
    .address {
      color: var(--mat-sys-on-surface);
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ForgotPasswordPage {
  private readonly api = inject(LinksApi);
  private readonly draft = inject(EntryDraft);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly duration = inject(Formats).duration;
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();

  protected readonly form = inject(NonNullableFormBuilder).group({
    email: [this.draft.email(), [Validators.required, Validators.email]],
  });
  protected readonly sentTo = signal<string | null>(null);
  private readonly nextAt = signal(0);
  protected readonly wait = secondsLeft(this.nextAt);
  protected readonly said = signal('');
  /** The sentence around the address, which stands out. */
  protected readonly sentText = computed(() => {
    const [before = '', after = ''] = this.t('forgot.sent_text', { email: PLACE }).split(PLACE);
    return { before, after };
  });

  protected async send(): Promise<void> {
    const email = this.form.getRawValue().email.trim();
    if (!(await this.sending.send(this.form, () => firstValueFrom(this.api.requestReset(email))))) return;
    const isFirst = this.sentTo() === null;
    this.draft.email.set(email);
    this.sentTo.set(email);
    this.nextAt.set(Date.now() + SECONDS_BETWEEN * 1000);
    if (isFirst) focusHeading(this.host);
    else this.said.set(this.t('forgot.sent_again'));
  }

  protected async sendAgain(): Promise<void> {
    const wait = this.wait();
    if (wait > 0) this.said.set(this.t('forgot.wait', { time: this.duration(wait) }));
    else await this.send();
  }

  protected startOver(): void {
    this.sending.reset();
    this.said.set('');
    this.sentTo.set(null);
    focusHeading(this.host);
  }
}
