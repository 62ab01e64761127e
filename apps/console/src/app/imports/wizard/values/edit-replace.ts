import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  signal,
  untracked,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import type { ContactFieldName } from '@ponte/contacts';
import { Texts } from '../../../i18n/texts';
import { RepairExamples } from './repair-examples';
import { TableFailure } from '../table-client';
import { WizardStore } from '../wizard-store';
import type { Edit, TableCalls } from '../wizard-types';

const FIELDS: readonly ContactFieldName[] = ['name', 'phone_number', 'email'];
/** A pause in typing, in milliseconds. */
const PAUSE = 250;

type Replace = Extract<Edit, { kind: 'replace' }>;
type Found = ReturnType<TableCalls['countReplace']>;

/** Find and replace in one field; says how many cells and shows three of them before anything changes. */
@Component({
  selector: 'ponte-edit-replace',
  imports: [MatButtonModule, MatFormFieldModule, MatInputModule, RepairExamples],
  templateUrl: './edit-replace.html',
  styles: `
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
      gap: 0.75rem;
    }
    .case {
      display: flex;
      align-items: center;
      gap: 0.625rem;
      min-block-size: 2rem;
    }
    .case input {
      inline-size: 1.125rem;
      block-size: 1.125rem;
      margin: 0;
      accent-color: var(--mat-sys-primary);
    }
    .found {
      display: grid;
      gap: 0.5rem;
      min-block-size: 1.5rem;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EditReplace {
  private readonly store = inject(WizardStore);
  private readonly texts = inject(Texts);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly fields = FIELDS;
  protected readonly fieldName = (field: ContactFieldName) => this.t(`fields.${field}`);

  protected readonly field = signal<ContactFieldName>('name');
  protected readonly find = signal('');
  protected readonly replace = signal('');
  protected readonly matchCase = signal(false);
  protected readonly found = signal<Found | null>(null);
  private readonly edit = computed((): Replace => ({
    kind: 'replace',
    field: this.field(),
    find: this.find(),
    replace: this.replace(),
    matchCase: this.matchCase(),
  }));
  protected readonly canApply = computed(() => (this.found()?.rows ?? 0) > 0);
  protected readonly applyText = computed(() => {
    const rows = this.found()?.rows ?? 0;
    return rows > 0
      ? this.n('wizard_values.replace.apply', rows)
      : this.t('wizard_values.replace.apply_none');
  });

  constructor() {
    effect((onCleanup) => {
      const edit = this.edit();
      const { value, isRunning } = this.store.review();
      untracked(() => this.found.set(null));
      if (edit.find === '' || edit.find === edit.replace || value === null || isRunning) return;
      let isOver = false;
      const timer = setTimeout(() => void this.count(edit, () => isOver), PAUSE);
      onCleanup(() => {
        isOver = true;
        clearTimeout(timer);
      });
    });
  }

  protected chooseField(name: string): void {
    this.field.set(FIELDS.find((field) => field === name) ?? 'name');
  }

  protected apply(): void {
    if (!this.canApply()) return;
    this.store.addEdit(this.edit());
    this.find.set('');
    this.replace.set('');
  }

  private async count(edit: Replace, isOver: () => boolean): Promise<void> {
    try {
      const found = await this.store.call('countReplace', edit);
      if (!isOver()) this.found.set(found);
    } catch (error) {
      // The step says that the worker is gone, from the review's own problem.
      if (!(error instanceof TableFailure)) throw error;
    }
  }
}
