import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { Texts } from '../../i18n/texts';
import { SecondFactorSetupSteps } from './second-factor-setup';

/** The set-up over the profile page. Closes with true when the second factor is on. */
@Component({
  imports: [MatDialogModule, SecondFactorSetupSteps],
  template: `
    <h2 mat-dialog-title>{{ t('second_factor.title') }}</h2>
    <mat-dialog-content>
      <ponte-second-factor-setup
        canCancel
        (cancelled)="dialog.close(false)"
        (turnedOn)="keepOpen()"
        (done)="dialog.close(true)"
      />
    </mat-dialog-content>
  `,
  styles: `
    mat-dialog-content {
      padding-block-end: 1.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SetupDialog {
  protected readonly dialog = inject<MatDialogRef<SetupDialog, boolean>>(MatDialogRef);
  protected readonly t = inject(Texts).t;

  /** A click beside the dialog would lose the recovery codes for good. */
  protected keepOpen(): void {
    this.dialog.disableClose = true;
  }
}
