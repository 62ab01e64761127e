import { inject, Injectable } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { readProblem } from '../http/call-problem';
import { ProblemTexts } from '../i18n/problem-texts';
import { Texts } from '../i18n/texts';

/** Short sentences at the edge of the screen, read out by screen readers; for what the page itself does not show. */
@Injectable({ providedIn: 'root' })
export class Notices {
  private readonly bar = inject(MatSnackBar);
  private readonly texts = inject(Texts);
  private readonly problemTexts = inject(ProblemTexts);

  done(text: string): void {
    this.bar.open(text, undefined, { duration: 5000 });
  }

  problem(error: unknown): void {
    const { what, todo } = this.problemTexts.of(readProblem(error));
    this.bar.open(todo ? `${what} ${todo}` : what, this.texts.t('actions.close'), {
      duration: 15_000,
      politeness: 'assertive',
    });
  }
}
