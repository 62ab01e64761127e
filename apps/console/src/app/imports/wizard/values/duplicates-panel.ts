import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { DuplicatesGroup } from './duplicates-group';
import { ProblemFold } from './problem-fold';
import { Pager } from '../../../ui/pager';
import { ROWS_PER_PAGE, workerPages } from './rows-pages';
import { WizardStore } from '../wizard-store';
import { DUPLICATE_POLICIES, type DuplicatePolicy, type DuplicateView, type Page } from '../wizard-types';

/** Rows with one phone number: what becomes of them all, and of single numbers. */
@Component({
  selector: 'ponte-duplicates-panel',
  imports: [DuplicatesGroup, Pager, ProblemFold],
  template: `
    @if (duplicates().groups > 0) {
      <section class="card" aria-labelledby="duplicates">
        <div class="head">
          <h3 id="duplicates">{{ t('wizard_values.duplicates.title') }}</h3>
          <p class="quiet">{{ text() }}</p>
          <fieldset>
            <legend>{{ t('wizard_values.duplicates.policy') }}</legend>
            @for (each of policies; track each) {
              <label>
                <input
                  type="radio"
                  name="duplicates"
                  [value]="each"
                  [checked]="policy() === each"
                  (change)="decide(each)"
                />
                <span>{{ policyText(each) }}</span>
              </label>
            }
          </fieldset>
        </div>
        <ponte-problem-fold
          [count]="duplicates().groups"
          [text]="t('wizard_values.duplicates.groups')"
          [(isOpen)]="isOpen"
        >
          @if (isOpen()) {
            @if (pages.value(); as value) {
              <ul [attr.aria-busy]="pages.isLoading()">
                @for (group of value.items; track group.phone) {
                  <li>
                    <ponte-duplicates-group
                      [group]="group"
                      [own]="own()[group.phone] ?? null"
                      (decided)="decideOne(group.phone, $event)"
                    />
                  </li>
                }
              </ul>
              @if (value.count > perPage) {
                <ponte-pager
                  [label]="t('wizard_values.pages', { what: t('wizard_values.duplicates.title') })"
                  [count]="value.count"
                  [page]="pages.page()"
                  [perPage]="perPage"
                  (turned)="pages.page.set($event)"
                />
              }
            } @else {
              <div class="loading"></div>
            }
          }
        </ponte-problem-fold>
      </section>
    }
  `,
  styleUrl: './duplicates-panel.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class DuplicatesPanel {
  private readonly store = inject(WizardStore);
  private readonly texts = inject(Texts);
  private readonly number = inject(Formats).number;
  protected readonly t = this.texts.t;
  protected readonly policies = DUPLICATE_POLICIES;
  protected readonly policyText = (policy: DuplicatePolicy) =>
    this.t(`wizard_values.duplicates.policies.${policy}`);
  protected readonly perPage = ROWS_PER_PAGE;

  protected readonly isOpen = signal(false);
  protected readonly duplicates = computed(
    () => this.store.review().value?.duplicates ?? { groups: 0, rows: 0 },
  );
  protected readonly policy = computed(() => this.store.decisions()?.duplicates ?? 'each');
  protected readonly own = computed(() => this.store.decisions()?.duplicatesOf ?? {});
  protected readonly text = computed(() => {
    const { groups, rows } = this.duplicates();
    return this.texts.n('wizard_values.duplicates.text', groups, { rows: this.number(rows) });
  });
  protected readonly pages = workerPages<Page<DuplicateView>, null>({
    subject: () => null,
    ask: (_, request) => this.store.call('duplicates', request),
    isHeld: () => !this.isOpen(),
  });

  protected decide(duplicates: DuplicatePolicy): void {
    this.store.decide({ duplicates });
  }

  /** Null: like the others again. */
  protected decideOne(phone: string, policy: DuplicatePolicy | null): void {
    const others = Object.entries(this.own()).filter(([each]) => each !== phone);
    const entries = policy === null ? others : [...others, [phone, policy] as const];
    this.store.decide({ duplicatesOf: Object.fromEntries(entries) });
  }
}
