import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { ProblemTexts } from '../../../i18n/problem-texts';
import { Texts } from '../../../i18n/texts';
import { ProblemFold } from './problem-fold';
import { RowsGrid } from './rows-grid';
import { WizardStore } from '../wizard-store';
import type { RowFilter } from '../wizard-types';

interface Choice {
  readonly key: string;
  readonly text: string;
  readonly filter: RowFilter;
}

/** Any row of the file, all of them or by reason, to be looked at and edited. */
@Component({
  selector: 'ponte-rows-panel',
  imports: [MatFormFieldModule, MatInputModule, ProblemFold, RowsGrid],
  template: `
    <section class="card" [attr.aria-label]="t('wizard_values.rows.title')">
      <ponte-problem-fold [count]="total()" [text]="t('wizard_values.rows.text')" [(isOpen)]="isOpen">
        @if (isOpen()) {
          <div class="filter">
            <mat-form-field appearance="outline" subscriptSizing="dynamic">
              <mat-label>{{ t('wizard_values.rows.show') }}</mat-label>
              <select #select matNativeControl [value]="chosen().key" (change)="wanted.set(select.value)">
                @for (choice of choices(); track choice.key) {
                  <option [value]="choice.key">{{ choice.text }}</option>
                }
              </select>
            </mat-form-field>
          </div>
          <ponte-rows-grid [filter]="chosen().filter" [label]="chosen().text" />
        }
      </ponte-problem-fold>
    </section>
  `,
  styles: `
    section {
      padding-block: 0.5rem;
    }
    .filter {
      max-inline-size: 34rem;
      padding: 1rem 1.25rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RowsPanel {
  private readonly store = inject(WizardStore);
  private readonly problemTexts = inject(ProblemTexts);
  protected readonly t = inject(Texts).t;

  protected readonly isOpen = signal(false);
  protected readonly wanted = signal('all');
  protected readonly total = computed(() => this.store.review().value?.rows.total ?? 0);
  protected readonly choices = computed((): readonly Choice[] => {
    const review = this.store.review().value;
    const kinds = (['all', 'problems', 'edited'] as const).map((kind) => ({
      key: kind,
      text: this.t(`wizard_values.rows.filters.${kind}`),
      filter: { kind },
    }));
    const codes = [...new Set(review?.problems.map(({ code }) => code))];
    const problems = codes.map((code) => ({
      key: `problem ${code}`,
      text: this.t('wizard_values.rows.of_problem', { reason: this.problemTexts.ofRejection(code) }),
      filter: { kind: 'problem', code } as const,
    }));
    const warnings = (review?.warnings ?? []).map(({ code }) => ({
      key: `warning ${code}`,
      text: this.t('wizard_values.rows.of_warning', { reason: this.t(`warnings.${code}`) }),
      filter: { kind: 'warning', code } as const,
    }));
    return [...kinds, ...problems, ...warnings];
  });
  protected readonly chosen = computed(
    (): Choice =>
      this.choices().find(({ key }) => key === this.wanted()) ??
      this.choices()[0] ?? { key: 'all', text: '', filter: { kind: 'all' } },
  );
}
