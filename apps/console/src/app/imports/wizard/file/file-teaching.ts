import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { FILE_LIMITS } from '@ponte/contracts';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { sampleUrl, templateUrl } from '../../imports-api';

const STEPS = ['columns', 'values', 'review'] as const;

/** Before there is a file: what will happen to it, what may be brought, and two files to start from. */
@Component({
  selector: 'ponte-file-teaching',
  imports: [Icon, MatButtonModule],
  template: `
    <section class="card padded stack" aria-labelledby="teaching">
      <h3 id="teaching">{{ t('wizard_file.teaching.title') }}</h3>
      <ol>
        @for (step of steps; track step) {
          <li>
            <p>
              <strong>{{ stepText(step) }}</strong>
              {{ text(step) }}
            </p>
          </li>
        }
      </ol>
      <p class="promise"><ponte-icon name="shield" />{{ t('wizard_file.teaching.promise') }}</p>
      <p class="small quiet">{{ limits() }}</p>
      <div class="start">
        <p class="small">{{ t('wizard_file.teaching.no_file') }}</p>
        <div class="row">
          <a matButton="outlined" [href]="template()" download>
            <ponte-icon matButtonIcon name="download" />
            {{ t('wizard_file.teaching.template') }}
          </a>
          <a matButton [href]="sample()" download>{{ t('wizard_file.teaching.sample') }}</a>
        </div>
      </div>
    </section>
  `,
  styles: `
    h3 {
      font-size: 1.0625rem;
      font-weight: 650;
    }
    ol {
      display: grid;
      gap: 0.75rem;
      counter-reset: step 1;
      list-style: none;
    }
    li {
      display: grid;
      grid-template-columns: 1.75rem minmax(0, 1fr);
      gap: 0.75rem;
      counter-increment: step;
    }
    li::before {
      content: counter(step);
      display: grid;
      place-items: center;
      block-size: 1.75rem;
      border-radius: 50%;
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
      font-size: 0.8125rem;
      font-weight: 700;
    }
    strong {
      display: block;
    }
    .promise {
      display: flex;
      gap: 0.625rem;
      padding-block: 0.75rem;
      border-block: 1px solid var(--mat-sys-outline-variant);
    }
    .promise ponte-icon {
      color: var(--ponte-good);
    }
    .start {
      display: grid;
      gap: 0.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileTeaching {
  private readonly formats = inject(Formats);
  protected readonly t = inject(Texts).t;
  readonly accountId = input.required<number>();

  protected readonly steps = STEPS;
  protected readonly stepText = (step: (typeof STEPS)[number]) => this.t(`wizard.steps.${step}`);
  protected readonly text = (step: (typeof STEPS)[number]) => this.t(`wizard_file.teaching.${step}`);
  protected readonly template = computed(() => templateUrl(this.accountId()));
  protected readonly sample = computed(() => sampleUrl(this.accountId()));
  protected readonly limits = computed(() =>
    this.t('wizard_file.teaching.limits', {
      bytes: this.formats.bytes(FILE_LIMITS.fileBytes),
      rows: this.formats.number(FILE_LIMITS.rows),
      columns: this.formats.number(FILE_LIMITS.columns),
    }),
  );
}
