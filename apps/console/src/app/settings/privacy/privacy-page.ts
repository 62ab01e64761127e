import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  effect,
  inject,
  Injector,
  input,
  numberAttribute,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import type { ErasureView } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { Texts } from '../../i18n/texts';
import { Note } from '../../ui/note';
import type { EraseDialogData } from './erase-dialog';
import type { FoundPerson } from './erasures-api';
import { ErasuresSection } from './erasures-section';
import { PersonForm } from './person-form';
import { PersonResult } from './person-result';
import { PrivacyTexts } from './privacy-texts';

/** One person's data: found, handed out, erased, and let back in. */
@Component({
  selector: 'ponte-privacy-page',
  imports: [ErasuresSection, Note, PersonForm, PersonResult],
  templateUrl: './privacy-page.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PrivacyPage {
  private readonly dialog = inject(MatDialog);
  private readonly privacyTexts = inject(PrivacyTexts);
  private readonly injector = inject(Injector);
  protected readonly t = inject(Texts).t;
  readonly account_id = input.required<number, string>({ transform: numberAttribute });

  private readonly form = viewChild.required(PersonForm);
  private readonly result = viewChild(PersonResult);
  private readonly erasures = viewChild.required(ErasuresSection);
  private readonly done = viewChild<unknown, ElementRef<HTMLElement>>('done', { read: ElementRef });
  protected readonly found = signal<FoundPerson | null>(null);
  protected readonly erasure = signal<ErasureView | null>(null);

  constructor() {
    // What is known of a person in one account is not to be seen in another.
    effect(() => {
      this.account_id();
      untracked(() => {
        this.found.set(null);
        this.erasure.set(null);
      });
    });
  }

  protected show(found: FoundPerson): void {
    this.erasure.set(null);
    this.found.set(found);
    this.afterRender(() => this.result()?.focus());
  }

  protected async erase({ asked }: FoundPerson): Promise<void> {
    const { EraseDialog } = await import('./erase-dialog');
    const data: EraseDialogData = { accountId: this.account_id(), person: asked };
    const dialog = this.dialog.open<unknown, EraseDialogData, ErasureView>(EraseDialog, {
      data,
      width: '32rem',
      role: 'alertdialog',
      autoFocus: '[cdkFocusInitial]',
    });
    const erasure = await firstValueFrom(dialog.afterClosed());
    if (!erasure) return;
    this.found.set(null);
    this.form().clear();
    this.erasure.set(erasure);
    this.erasures().reload();
    this.afterRender(() => this.done()?.nativeElement.focus());
  }

  protected doneText({ erased }: ErasureView): string {
    const what = this.privacyTexts.counts(erased);
    return what === '' ? this.t('privacy.erased_nothing') : this.t('privacy.erased', { what });
  }

  private afterRender(call: () => void): void {
    afterNextRender(call, { injector: this.injector });
  }
}
