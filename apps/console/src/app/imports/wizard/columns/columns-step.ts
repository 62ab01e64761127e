import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  inject,
  linkedSignal,
  signal,
  viewChildren,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { type ColumnRole, CONTACT_FIELDS, foldText } from '@ponte/contacts';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';
import { ColumnsDestination } from './columns-destination';
import { ColumnsField } from './columns-field';
import { ColumnsRemembered } from './columns-remembered';
import { ColumnReasons } from './columns-reasons';
import { columnLetters } from '../column-letters';
import { assignRole, COLUMNS_PER_PAGE, type RoleMove, shownOrder } from './columns-roles';
import { WizardStore } from '../wizard-store';
import type { Decisions } from '../wizard-types';

/** Step 2: which column is what. */
@Component({
  selector: 'ponte-columns-step',
  imports: [
    ColumnsDestination,
    ColumnsField,
    ColumnsRemembered,
    Icon,
    MatButtonModule,
    MatFormFieldModule,
    MatInputModule,
  ],
  templateUrl: './columns-step.html',
  styleUrl: './columns-step.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ColumnsStep {
  private readonly texts = inject(Texts);
  private readonly reasons = inject(ColumnReasons);
  protected readonly store = inject(WizardStore);
  protected readonly t = this.texts.t;
  protected readonly n = this.texts.n;
  protected readonly percent = inject(Formats).percent;
  protected readonly fields = CONTACT_FIELDS;
  private readonly fieldCards = viewChildren(ColumnsField);

  /** The last role that changed its column, and the decisions that it made: the next decision ends the remark. */
  private readonly moved = signal<(RoleMove & { readonly decisions: Decisions | null }) | null>(null);
  protected readonly move = computed(() => {
    const moved = this.moved();
    return moved !== null && moved.decisions === this.store.decisions() ? moved : null;
  });
  protected readonly wanted = signal('');
  /** Made once for a table: columns that change places while somebody chooses would be a trap. */
  private readonly order = linkedSignal({
    source: this.store.opened,
    computation: (opened) =>
      opened === null ? [] : shownOrder(opened, this.store.decisions()?.mapping.roles ?? []),
  });
  private readonly found = computed(() => {
    const columns = this.store.opened()?.columns ?? [];
    const wanted = foldText(this.wanted());
    if (wanted === '') return this.order();
    return this.order().filter((at) => foldText(columns[at]?.header ?? '').includes(wanted));
  });
  protected readonly room = linkedSignal({ source: this.found, computation: () => COLUMNS_PER_PAGE });
  protected readonly rest = computed(() => Math.max(0, this.found().length - this.room()));
  protected readonly isWide = computed(() => this.order().length > COLUMNS_PER_PAGE);
  protected readonly rows = computed(() => {
    const [opened, decisions] = [this.store.opened(), this.store.decisions()];
    if (opened === null || decisions === null) return [];
    const remembered = this.store.remembered();
    return this.found()
      .slice(0, this.room())
      .map((index) => ({
        index,
        letters: columnLetters(index),
        name: this.reasons.name(opened, index),
        column: opened.columns[index],
        role: decisions.mapping.roles[index] ?? null,
        reason: this.reasons.reason(opened, index, decisions, remembered),
        remark: this.remark(index),
      }));
  });
  protected readonly spoken = computed(() => {
    const move = this.move();
    return move === null ? '' : this.remark(move.to);
  });

  constructor() {
    this.store.action.set({ run: () => this.canGoOn() });
    inject(DestroyRef).onDestroy(() => this.store.action.set(null));
  }

  protected choose(index: number, role: ColumnRole | null): void {
    const mapping = this.store.decisions()?.mapping;
    if (!mapping) return;
    const { roles, move } = assignRole(mapping.roles, index, role);
    this.store.decide({ mapping: { ...mapping, roles } });
    this.moved.set(move && { ...move, decisions: this.store.decisions() });
  }

  protected showMore(): void {
    this.room.update((room) => room + COLUMNS_PER_PAGE);
  }

  /** What a move means for this column; empty for columns that it does not touch. */
  private remark(index: number): string {
    const [move, opened] = [this.move(), this.store.opened()];
    if (move === null || opened === null) return '';
    const role = this.t(`column_roles.${move.role}`);
    if (index === move.to) {
      return this.t('wizard_columns.moved_here', { role, column: this.reasons.name(opened, move.from) });
    }
    if (index !== move.from) return '';
    return this.t('wizard_columns.moved_away', { role, column: this.reasons.name(opened, move.to) });
  }

  /** The first thing in the way gets the focus, and says what it is. */
  private canGoOn(): boolean {
    const obstacle = this.fieldCards().find((field) => field.isInTheWay());
    obstacle?.focusObstacle();
    return obstacle === undefined;
  }
}
