import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { Texts } from '../../i18n/texts';
import { SessionStore } from '../../session/session-store';
import { Icon } from '../../ui/icon';
import { Notices } from '../../ui/notices';
import type { SecondFactorChange } from './change-dialog';

/** Whether the second factor is on, and how to turn it on or off. */
@Component({
  selector: 'ponte-second-factor-section',
  imports: [Icon, MatButtonModule],
  template: `
    <section class="card padded stack" aria-labelledby="second-factor">
      <h2 id="second-factor">{{ t('second_factor.title') }}</h2>
      <p class="quiet">{{ t('second_factor.text') }}</p>
      @if (isOn()) {
        <p class="on"><ponte-icon name="check" />{{ t('second_factor.is_on') }}</p>
        <div class="row">
          <button matButton="outlined" (click)="change('new_codes')">
            {{ t('second_factor.new_codes') }}
          </button>
          <button matButton class="danger" (click)="change('turn_off')">
            {{ t('second_factor.turn_off') }}
          </button>
        </div>
      } @else {
        <div>
          <button matButton="outlined" (click)="setUp()">
            <ponte-icon matButtonIcon name="shield" />
            {{ t('second_factor.set_up') }}
          </button>
        </div>
      }
    </section>
  `,
  styles: `
    .on {
      display: flex;
      align-items: center;
      gap: 0.5rem;
      color: var(--ponte-good);
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SecondFactorSection {
  private readonly dialog = inject(MatDialog);
  private readonly notices = inject(Notices);
  private readonly session = inject(SessionStore);
  protected readonly t = inject(Texts).t;
  protected readonly isOn = computed(() => this.session.user()?.has_second_factor === true);

  protected async setUp(): Promise<void> {
    const { SetupDialog } = await import('./setup-dialog');
    const dialog = this.dialog.open<unknown, undefined, boolean>(SetupDialog, { width: '32rem' });
    if (await firstValueFrom(dialog.afterClosed())) await this.refresh(this.t('second_factor.is_on'));
  }

  protected async change(data: SecondFactorChange): Promise<void> {
    const { ChangeDialog } = await import('./change-dialog');
    const dialog = this.dialog.open<unknown, SecondFactorChange, boolean>(ChangeDialog, {
      data,
      width: '32rem',
    });
    if (!(await firstValueFrom(dialog.afterClosed()))) return;
    await this.refresh(this.t(data === 'turn_off' ? 'second_factor.is_off' : 'second_factor.codes_changed'));
  }

  private async refresh(done: string): Promise<void> {
    try {
      await this.session.refresh();
      this.notices.done(done);
    } catch (error) {
      this.notices.problem(error);
    }
  }
}
