import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal, signal } from '@angular/core';
import type { WarningCode } from '@ponte/contacts';
import { Texts } from '../../../i18n/texts';
import { ProblemFold } from './problem-fold';
import { inKnownOrder } from './problem-groups';
import { RowsGrid } from './rows-grid';
import { WizardStore } from '../wizard-store';
import type { Review, RowFilter } from '../wizard-types';

type WarningGroup = Review['warnings'][number];

/** What deserves a look in rows that pass: never an error. */
@Component({
  selector: 'ponte-problem-warnings',
  imports: [ProblemFold, RowsGrid],
  template: `
    @if (groups().length > 0) {
      <section class="card" aria-labelledby="warnings">
        <h3 id="warnings">{{ t('wizard_values.warnings.title') }}</h3>
        <p class="quiet">{{ t('wizard_values.warnings.text') }}</p>
        <ul>
          @for (group of groups(); track group.code) {
            <li>
              <ponte-problem-fold
                [count]="group.rows"
                [text]="text(group.code)"
                [isOpen]="open().includes(group.code)"
                (isOpenChange)="toggle(group.code, $event)"
              >
                @if (open().includes(group.code)) {
                  <ponte-rows-grid [filter]="filters()[group.code]" [label]="text(group.code)" />
                }
              </ponte-problem-fold>
            </li>
          }
        </ul>
      </section>
    }
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
      border-block-start: 1px solid var(--mat-sys-outline-variant);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProblemWarnings {
  private readonly store = inject(WizardStore);
  protected readonly t = inject(Texts).t;
  protected readonly text = (code: WarningCode) => this.t(`warnings.${code}`);
  protected readonly groups = linkedSignal<readonly WarningGroup[], readonly WarningGroup[]>({
    source: () => this.store.review().value?.warnings.filter(({ rows }) => rows > 0) ?? [],
    computation: (present, before) =>
      inKnownOrder(
        before?.value ?? [],
        present,
        ({ code }) => code,
        () => null,
      ),
  });
  protected readonly open = signal<readonly WarningCode[]>([]);
  protected readonly filters = computed(
    () =>
      Object.fromEntries(this.groups().map(({ code }) => [code, { kind: 'warning', code }])) as Record<
        WarningCode,
        RowFilter
      >,
  );

  protected toggle(code: WarningCode, isOpen: boolean): void {
    this.open.update((open) => [...open.filter((each) => each !== code), ...(isOpen ? [code] : [])]);
  }
}
