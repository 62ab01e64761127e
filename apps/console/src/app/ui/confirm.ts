import { ChangeDetectionStrategy, Component, inject, Injectable } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialog, MatDialogModule } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import { Texts } from '../i18n/texts';

export interface Question {
  title: string;
  text: string;
  /** The verb of what happens, never "OK". */
  yes: string;
  no: string;
}

@Component({
  imports: [MatButtonModule, MatDialogModule],
  template: `
    <h2 mat-dialog-title>{{ question.title }}</h2>
    <mat-dialog-content>
      <p>{{ question.text }}</p>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton mat-dialog-close cdkFocusInitial>{{ question.no }}</button>
      <button matButton="filled" class="danger" [mat-dialog-close]="true">{{ question.yes }}</button>
    </mat-dialog-actions>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConfirmDialog {
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
}

/** Asks before something that cannot be taken back. The focus starts on the answer that changes nothing. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  private readonly dialog = inject(MatDialog);
  private readonly texts = inject(Texts);

  async ask(question: Omit<Question, 'no'> & { no?: string }): Promise<boolean> {
    const data: Question = { no: this.texts.t('actions.cancel'), ...question };
    const dialog = this.dialog.open<ConfirmDialog, Question, true>(ConfirmDialog, {
      data,
      role: 'alertdialog',
      autoFocus: '[cdkFocusInitial]',
    });
    return (await firstValueFrom(dialog.afterClosed())) === true;
  }
}
