import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { Texts } from '../../i18n/texts';
import { Icon } from '../../ui/icon';
import { WIZARD_STEPS, type WizardStep } from './wizard-state';

interface Stop {
  readonly id: WizardStep | 'follow';
  readonly number: number;
  readonly text: string;
  readonly state: 'done' | 'current' | 'open' | 'closed';
}

/** Where one is on the way, and the way back. The last stop is the import's own page. */
@Component({
  selector: 'ponte-wizard-stepper',
  imports: [Icon],
  template: `
    <nav [attr.aria-label]="t('wizard.steps_label')">
      <ol>
        @for (stop of stops(); track stop.id) {
          <li [class]="stop.state" [attr.aria-current]="stop.state === 'current' ? 'step' : null">
            @if (stop.state === 'done' || stop.state === 'open') {
              <button type="button" (click)="go(stop)">
                <span class="dot" aria-hidden="true">
                  @if (stop.state === 'done') {
                    <ponte-icon name="check" />
                  } @else {
                    {{ stop.number }}
                  }
                </span>
                <span class="text">{{ stop.text }}</span>
                <span class="visually-hidden">{{ stop.state === 'done' ? t('wizard.done') : '' }}</span>
              </button>
            } @else {
              <span class="stop">
                <span class="dot" aria-hidden="true">{{ stop.number }}</span>
                <span class="text">{{ stop.text }}</span>
              </span>
            }
          </li>
        }
      </ol>
    </nav>
  `,
  styleUrl: './wizard-stepper.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WizardStepper {
  readonly step = input.required<WizardStep>();
  readonly reach = input.required<WizardStep>();
  readonly chosen = output<WizardStep>();
  protected readonly t = inject(Texts).t;

  protected readonly stops = computed((): readonly Stop[] => {
    const present = WIZARD_STEPS.indexOf(this.step());
    const reach = WIZARD_STEPS.indexOf(this.reach());
    return [...WIZARD_STEPS, 'follow' as const].map((id, index) => ({
      id,
      number: index + 1,
      text: this.t(`wizard.steps.${id}`),
      state: stateOf(index, present, reach),
    }));
  });

  protected go({ id }: Stop): void {
    if (id !== 'follow') this.chosen.emit(id);
  }
}

function stateOf(index: number, present: number, reach: number): Stop['state'] {
  if (index === present) return 'current';
  if (index < present) return 'done';
  return index <= reach ? 'open' : 'closed';
}
