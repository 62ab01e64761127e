import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { ErasureView, FindPerson } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { sending } from '../../http/sending';
import { Texts } from '../../i18n/texts';
import { CallNote } from '../../ui/call-note';
import { ErasuresApi } from './erasures-api';
import { PrivacyTexts } from './privacy-texts';

export interface EraseDialogData {
  accountId: number;
  person: FindPerson;
}

/** Says what erasing does, and does it; closes with what was erased. */
@Component({
  imports: [CallNote, MatButtonModule, MatDialogModule],
  template: `
    <h2 mat-dialog-title>{{ t('privacy.erase_title', { person }) }}</h2>
    <mat-dialog-content>
      <p>{{ t('privacy.erase_gone') }}</p>
      <p>{{ t('privacy.erase_stays') }}</p>
      <p>{{ t('privacy.erase_hand_out') }}</p>
      <ponte-call-note [problem]="sending.problem()" />
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton mat-dialog-close cdkFocusInitial>{{ t('actions.cancel') }}</button>
      <button
        matButton="filled"
        class="danger"
        [disabled]="sending.isSending()"
        disabledInteractive
        (click)="erase()"
      >
        {{ sending.isSending() ? t('privacy.erasing') : t('privacy.erase_yes') }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    mat-dialog-content {
      display: grid;
      gap: 0.75rem;
    }
    h2 {
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EraseDialog {
  private readonly api = inject(ErasuresApi);
  private readonly data = inject<EraseDialogData>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<EraseDialog, ErasureView>>(MatDialogRef);
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();
  protected readonly person = inject(PrivacyTexts).person(this.data.person);

  protected async erase(): Promise<void> {
    const { accountId, person } = this.data;
    await this.sending.call(async () => {
      this.dialog.close(await firstValueFrom(this.api.erase(accountId, person)));
    });
  }
}
