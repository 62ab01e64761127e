import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { Encoding } from '@ponte/tabular';
import { Texts } from '../../../i18n/texts';
import type { OpenedView } from '../wizard-types';

/** The same words under every encoding that could be meant: the right one is seen at a glance. */
@Component({
  selector: 'ponte-file-encodings',
  template: `
    <fieldset>
      <legend>{{ t('wizard_file.options.encoding') }}</legend>
      <p class="small quiet">{{ t('wizard_file.options.encoding_hint') }}</p>
      <div class="choices">
        @for (each of opened().encodings; track each.encoding) {
          <label [class.chosen]="each.encoding === present()">
            <input
              type="radio"
              name="encoding"
              [checked]="each.encoding === present()"
              (change)="chosen.emit(each.encoding)"
            />
            <span class="words">
              <span class="name">{{ text(each.encoding) }}</span>
              <bdi>{{ each.samples.join(' · ') }}</bdi>
            </span>
          </label>
        }
      </div>
    </fieldset>
  `,
  styles: `
    legend {
      padding: 0;
      font-weight: 600;
    }
    .choices {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
      gap: 0.5rem;
      margin-block-start: 0.5rem;
    }
    label {
      display: flex;
      gap: 0.625rem;
      padding: 0.625rem 0.75rem;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 10px;
      background: var(--mat-sys-surface-container-lowest);
      cursor: pointer;
    }
    label.chosen {
      border-color: var(--mat-sys-primary);
      box-shadow: inset 0 0 0 1px var(--mat-sys-primary);
    }
    input {
      flex: none;
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin: 0.125rem 0 0;
      accent-color: var(--mat-sys-primary);
    }
    .words {
      display: grid;
      min-inline-size: 0;
    }
    .name {
      color: var(--mat-sys-on-surface-variant);
      font-size: 0.8125rem;
    }
    bdi {
      font-weight: 600;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileEncodings {
  protected readonly t = inject(Texts).t;
  readonly opened = input.required<OpenedView>();
  readonly chosen = output<Encoding>();
  protected readonly text = (encoding: Encoding) => this.t(`encodings.${encoding}`);
  protected readonly present = computed(() => this.opened().detection.encoding);
}
