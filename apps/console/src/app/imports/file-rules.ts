import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { FILE_LIMITS } from '@ponte/contracts';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { Icon } from '../ui/icon';
import { sampleUrl } from './imports-api';

const COLUMNS = ['name', 'phone_number', 'email'] as const;
const EXAMPLES: Readonly<Record<(typeof COLUMNS)[number], string>> = {
  name: 'Ana Lima',
  phone_number: '+55 11 98765-4321',
  email: 'ana@example.com',
};

/** What a file must look like: the three columns, the format, the limits, and a sample to start from. */
@Component({
  selector: 'ponte-file-rules',
  imports: [Icon, MatButtonModule],
  template: `
    <section class="card padded stack" aria-labelledby="file-rules">
      <h2 id="file-rules">{{ t('file_rules.title') }}</h2>
      <p>{{ t('file_rules.text') }}</p>
      <dl>
        @for (column of columns; track column) {
          <div>
            <dt>
              <code>{{ column }}</code>
              <span class="small quiet">{{ need(column) }}</span>
            </dt>
            <dd>
              {{ rule(column) }}
              <span class="small quiet">{{ t('file_rules.example', { example: examples[column] }) }}</span>
            </dd>
          </div>
        }
      </dl>
      <ul class="small quiet">
        <li>{{ t('file_rules.format') }}</li>
        <li>{{ limits() }}</li>
        <li>{{ t('file_rules.other_columns') }}</li>
        <li>{{ t('file_rules.same_phone') }}</li>
      </ul>
      <div>
        <a matButton="outlined" [href]="sample()" download>
          <ponte-icon matButtonIcon name="download" />
          {{ t('file_rules.sample') }}
        </a>
      </div>
    </section>
  `,
  styles: `
    dl {
      display: grid;
      gap: 0.875rem;
    }
    dt {
      display: flex;
      align-items: baseline;
      gap: 0.5rem;
      font-weight: 600;
    }
    dt code {
      padding: 0.0625rem 0.375rem;
      border-radius: 6px;
      background: var(--mat-sys-surface-container);
    }
    dd {
      display: grid;
    }
    ul {
      display: grid;
      gap: 0.25rem;
      padding-inline-start: 1.125rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FileRules {
  private readonly formats = inject(Formats);
  protected readonly t = inject(Texts).t;
  readonly accountId = input.required<number>();

  protected readonly columns = COLUMNS;
  protected readonly examples = EXAMPLES;
  protected readonly rule = (column: (typeof COLUMNS)[number]) => this.t(`file_rules.columns.${column}`);
  protected readonly need = (column: (typeof COLUMNS)[number]) =>
    this.t(column === 'email' ? 'file_rules.optional' : 'file_rules.required');
  protected readonly sample = computed(() => sampleUrl(this.accountId()));
  protected readonly limits = computed(() =>
    this.t('file_rules.limits', {
      bytes: this.formats.bytes(FILE_LIMITS.fileBytes),
      rows: this.formats.number(FILE_LIMITS.rows),
    }),
  );
}
