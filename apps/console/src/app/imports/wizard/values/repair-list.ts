import { ChangeDetectionStrategy, Component, computed, inject, linkedSignal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { RepairCode } from '@ponte/contacts';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { inKnownOrder } from './problem-groups';
import { RepairCard } from './repair-card';
import { repairCards } from './repair-cards';
import { WizardStore } from '../wizard-store';
import type { RepairGroup } from '../wizard-types';

/** Everything that can be repaired, each kind with its switch. Nothing is applied that was not accepted. */
@Component({
  selector: 'ponte-repair-list',
  imports: [Icon, MatButtonModule, RepairCard],
  template: `
    <section class="card padded stack" aria-labelledby="repairs">
      <div class="row head">
        <h3 id="repairs" tabindex="-1">{{ t('wizard_values.repairs.title') }}</h3>
        <button matButton="tonal" (click)="switchAll()">
          <ponte-icon matButtonIcon [name]="isEveryAccepted() ? 'close' : 'check'" />
          {{
            isEveryAccepted() ? t('wizard_values.repairs.accept_none') : t('wizard_values.repairs.accept_all')
          }}
        </button>
      </div>
      <p class="quiet">{{ t('wizard_values.repairs.text') }}</p>
      <ul>
        @for (group of groups(); track group.code) {
          <li>
            <ponte-repair-card
              [group]="group"
              [isAccepted]="accepted().includes(group.code)"
              [areaCode]="areaCode()"
              [isWaiting]="isEveryAccepted() && areaCode() === null"
              (switched)="switch(group.code, $event)"
              (areaCodeGiven)="useAreaCode($event)"
            />
          </li>
        }
      </ul>
    </section>
  `,
  styles: `
    .head {
      justify-content: space-between;
    }
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
      gap: 0.75rem;
      list-style: none;
    }
    li,
    ponte-repair-card {
      display: grid;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RepairList {
  private readonly store = inject(WizardStore);
  protected readonly t = inject(Texts).t;

  protected readonly groups = linkedSignal<readonly RepairGroup[], readonly RepairGroup[]>({
    source: () => repairCards(this.store.review().value),
    computation: (present, before) =>
      inKnownOrder(
        before?.value ?? [],
        present,
        ({ code }) => code,
        () => null,
      ),
  });
  protected readonly accepted = computed(() => this.store.decisions()?.repairs ?? []);
  protected readonly areaCode = computed(() => this.store.decisions()?.areaCode ?? null);
  /** What one press can accept: an area code has to be typed first. */
  private readonly acceptable = computed(() =>
    this.groups()
      .map(({ code }) => code)
      .filter((code) => code !== 'phone_add_area_code' || this.areaCode() !== null),
  );
  protected readonly isEveryAccepted = computed(
    () => this.acceptable().length > 0 && this.acceptable().every((code) => this.accepted().includes(code)),
  );

  protected switch(code: RepairCode, isAccepted: boolean): void {
    const others = this.accepted().filter((each) => each !== code);
    this.store.decide({ repairs: isAccepted ? [...others, code] : others });
  }

  protected switchAll(): void {
    if (this.isEveryAccepted()) this.store.decide({ repairs: [] });
    else this.store.decide({ repairs: [...new Set([...this.accepted(), ...this.acceptable()])] });
  }

  protected useAreaCode(areaCode: string): void {
    const repairs = [...new Set<RepairCode>([...this.accepted(), 'phone_add_area_code'])];
    this.store.decide({ areaCode, repairs });
  }
}
