import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { Texts } from '../i18n/texts';
import { SecondFactorSetupSteps } from '../profile/second-factor/second-factor-setup';
import { safeReturn } from '../session/safe-return';
import { SessionStore } from '../session/session-store';
import { Notices } from '../ui/notices';

/** For an administrator of an account that demands a second factor: says so, sets it up, and goes back. */
@Component({
  selector: 'ponte-second-factor-page',
  imports: [SecondFactorSetupSteps],
  template: `
    <div class="page narrow">
      <h1>{{ t('second_factor.needed_title') }}</h1>
      <p class="quiet">{{ t('second_factor.needed_text') }}</p>
      <section class="card padded" [attr.aria-label]="t('second_factor.set_up')">
        <ponte-second-factor-setup (done)="goOn()" />
      </section>
    </div>
  `,
  styles: `
    section {
      max-inline-size: 34rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SecondFactorPage {
  private readonly session = inject(SessionStore);
  private readonly router = inject(Router);
  private readonly notices = inject(Notices);
  protected readonly t = inject(Texts).t;
  /** From the address. */
  readonly return_to = input<string>();

  protected async goOn(): Promise<void> {
    try {
      await this.session.refresh();
      await this.router.navigateByUrl(safeReturn(this.return_to()));
    } catch (error) {
      this.notices.problem(error);
    }
  }
}
