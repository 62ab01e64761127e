import {
  ChangeDetectionStrategy,
  Component,
  computed,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { MatSlideToggleModule } from '@angular/material/slide-toggle';
import { OPTIONAL_REPAIRS } from '@ponte/contacts';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { RepairAreaCode } from './repair-area-code';
import { RepairExamples } from './repair-examples';
import type { RepairGroup } from '../wizard-types';

/** One kind of repair: what it does to how many rows, shown on their own values, and the switch that accepts it. */
@Component({
  selector: 'ponte-repair-card',
  imports: [Icon, MatSlideToggleModule, RepairAreaCode, RepairExamples],
  template: `
    <div class="head">
      <h4>
        <span [id]="id">{{ title() }}</span>
        @if (isOptional()) {
          <span class="chip">{{ t('wizard_values.repairs.suggestion') }}</span>
        }
      </h4>
      <div class="switch">
        <span aria-hidden="true">{{ state() }}</span>
        <mat-slide-toggle
          [checked]="isAccepted()"
          [aria-labelledby]="id"
          (toggleChange)="toggle()"
          (change)="$event.source.checked = isAccepted()"
        />
      </div>
    </div>
    <p class="quiet">{{ text() }}</p>
    @if (group().code === 'phone_add_area_code') {
      @if (isWaiting()) {
        <p class="waiting small">
          <ponte-icon name="warning" />{{ t('wizard_values.repairs.area_code_first') }}
        </p>
      }
      <ponte-repair-area-code [code]="areaCode()" (confirmed)="areaCodeGiven.emit($event)" />
    }
    @if (group().examples.length > 0) {
      <ponte-repair-examples [examples]="group().examples" [code]="group().code" />
    }
  `,
  styleUrl: './repair-card.scss',
  host: { '[class.accepted]': 'isAccepted()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RepairCard {
  private static count = 0;
  protected readonly id = `repair-${RepairCard.count++}`;
  private readonly texts = inject(Texts);
  private readonly areaCodeField = viewChild(RepairAreaCode);
  protected readonly t = this.texts.t;

  readonly group = input.required<RepairGroup>();
  readonly isAccepted = input.required<boolean>();
  readonly areaCode = input<string | null>(null);
  /** The other repairs are accepted; this one waits for the area code. */
  readonly isWaiting = input(false);
  readonly switched = output<boolean>();
  readonly areaCodeGiven = output<string>();

  protected readonly title = computed(() =>
    this.texts.n(`repairs.${this.group().code}.title`, this.group().rows),
  );
  /** The switch says it to screen readers by itself. */
  protected readonly state = computed(() =>
    this.texts.t(`wizard_values.repairs.${this.isAccepted() ? 'accepted' : 'accept'}`),
  );
  protected readonly text = computed(() => this.texts.t(`repairs.${this.group().code}.text`));
  protected readonly isOptional = computed(() => OPTIONAL_REPAIRS.includes(this.group().code));

  /** The store's decision moves the switch, not the click: without an area code there is nothing to accept. */
  protected toggle(): void {
    const needsAreaCode = this.group().code === 'phone_add_area_code' && this.areaCode() === null;
    if (needsAreaCode && !this.isAccepted()) this.areaCodeField()?.focus();
    else this.switched.emit(!this.isAccepted());
  }
}
