import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { Texts } from '../../i18n/texts';

/** The way out for good. */
@Component({
  selector: 'ponte-delete-section',
  imports: [MatButtonModule],
  template: `
    <section class="card padded stack danger-zone" aria-labelledby="delete-profile">
      <h2 id="delete-profile">{{ t('delete_profile.title') }}</h2>
      <p class="quiet">{{ t('delete_profile.text') }}</p>
      <div>
        <button matButton="outlined" class="danger" (click)="ask()">{{ t('delete_profile.action') }}</button>
      </div>
    </section>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DeleteSection {
  private readonly dialog = inject(MatDialog);
  protected readonly t = inject(Texts).t;

  protected async ask(): Promise<void> {
    const { DeleteDialog } = await import('./delete-dialog');
    this.dialog.open(DeleteDialog, { width: '32rem' });
  }
}
