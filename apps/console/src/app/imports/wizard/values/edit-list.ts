import {
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  output,
  signal,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Texts } from '../../../i18n/texts';
import { Pager } from '../../../ui/pager';
import { EditWords } from './edit-words';
import { RowLines } from './rows-lines';
import { keepFocus } from './rows-keep-focus';
import { WizardStore } from '../wizard-store';

const PER_PAGE = 10;

/** Every change that was made, newest first, in words and with how many rows it touches; each can be taken back. */
@Component({
  selector: 'ponte-edit-list',
  imports: [MatButtonModule, Pager],
  providers: [RowLines],
  template: `
    <section class="card" aria-labelledby="edits">
      <h3 id="edits" tabindex="-1">{{ t('wizard_values.edits.title') }}</h3>
      <p class="quiet">
        {{ count() > 0 ? t('wizard_values.edits.text') : t('wizard_values.edits.none') }}
      </p>
      @if (count() > 0) {
        <ul>
          @for (edit of shown(); track edit.index) {
            <li>
              <span class="words">{{ edit.words }}</span>
              <span class="small quiet figures">{{
                edit.rows === null ? '' : n('wizard_values.edits.rows', edit.rows)
              }}</span>
              <button
                matButton
                [attr.aria-label]="t('wizard_values.edits.take_back_edit', { edit: edit.words })"
                (click)="takeBack(edit.index, edit.words)"
              >
                {{ t('wizard_values.edits.take_back') }}
              </button>
            </li>
          }
        </ul>
        @if (count() > perPage) {
          <ponte-pager
            [label]="t('wizard_values.pages', { what: t('wizard_values.edits.title') })"
            [count]="count()"
            [page]="page()"
            [perPage]="perPage"
            (turned)="wanted.set($event)"
          />
        }
      }
    </section>
  `,
  styles: `
    section {
      padding-block: 1.25rem 0.5rem;
    }
    h3,
    p {
      padding-inline: 1.25rem;
    }
    p {
      padding-block: 0.25rem 0.75rem;
    }
    ul {
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto auto;
      align-items: center;
      gap: 0.25rem 1rem;
      padding: 0.125rem 0.75rem 0.125rem 1.25rem;
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
    .words {
      overflow-wrap: anywhere;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EditList {
  private readonly store = inject(WizardStore);
  private readonly texts = inject(Texts);
  private readonly words = inject(EditWords);
  private readonly lines = inject(RowLines);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly perPage = PER_PAGE;
  /** What was taken back, in words. */
  readonly taken = output<string>();

  private readonly edits = computed(() => this.store.decisions()?.edits ?? []);
  protected readonly count = computed(() => this.edits().length);
  protected readonly wanted = signal(1);
  protected readonly page = computed(() =>
    Math.max(1, Math.min(this.wanted(), Math.ceil(this.count() / PER_PAGE))),
  );
  protected readonly shown = computed(() => {
    const counts = this.store.review().value?.editRows ?? [];
    const first = (this.page() - 1) * PER_PAGE;
    return this.edits()
      .map((edit, index) => ({ edit, index }))
      .reverse()
      .slice(first, first + PER_PAGE)
      .map(({ edit, index }) => ({
        index,
        words: this.words.of(edit, this.lines.of),
        rows: counts[index] ?? null,
      }));
  });

  constructor() {
    keepFocus(
      () => this.edits(),
      () => this.host.querySelector<HTMLElement>('li button') ?? this.host.querySelector<HTMLElement>('h3'),
    );
  }

  protected takeBack(index: number, words: string): void {
    this.store.takeBack(index);
    this.taken.emit(words);
  }
}
