import {
  ChangeDetectionStrategy,
  ChangeDetectorRef,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { ContactFieldName } from '@ponte/contacts';
import { Formats } from '../../../i18n/formats';
import { Texts } from '../../../i18n/texts';
import { Pager } from '../../../ui/pager';
import { withCell, withRowBack, withRowLeftOut } from './edit-changes';
import { type CellEnd, RowsCellEditor } from './rows-cell-editor';
import { type GridPlace, moveInGrid, nextEditable, startsTyping } from './rows-grid-keys';
import { keepFocus } from './rows-keep-focus';
import { ROWS_PER_PAGE, workerPages } from './rows-pages';
import { RowWords } from './rows-words';
import { WizardStore } from '../wizard-store';
import type { Page, RowFilter, RowView } from '../wizard-types';

const FIELDS = ['name', 'phone_number', 'email'] as const;
/** The line, the fields, the reason, the button. */
const COLUMNS = FIELDS.length + 3;
const EDITABLE = FIELDS.map((_, index) => index + 1);
const INPUT_MODES: Readonly<Record<ContactFieldName, string>> = {
  name: 'text',
  phone_number: 'tel',
  email: 'email',
};

/** Rows of the file as a grid of cells that are edited in place, fifty at a time. */
@Component({
  selector: 'ponte-rows-grid',
  imports: [MatButtonModule, Pager, RowsCellEditor],
  templateUrl: './rows-grid.html',
  styleUrl: './rows-grid.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RowsGrid {
  private static count = 0;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly changes = inject(ChangeDetectorRef);
  private readonly editor = viewChild(RowsCellEditor);
  private readonly store = inject(WizardStore);
  private readonly words = inject(RowWords);
  protected readonly t = inject(Texts).t;
  protected readonly number = inject(Formats).number;
  protected readonly helpId = `grid-keys-${RowsGrid.count++}`;
  protected readonly perPage = ROWS_PER_PAGE;
  protected readonly fields = FIELDS;
  protected readonly inputModes = INPUT_MODES;

  readonly filter = input.required<RowFilter>();
  readonly label = input.required<string>();

  protected readonly active = signal<GridPlace>({ row: 0, column: 1 });
  /** The cell that the last click was in. */
  private chosen = '';
  protected readonly editing = signal<GridPlace | null>(null);
  protected readonly firstKey = signal<string | null>(null);
  /** Values that were typed on this page and that the next review will know. */
  private readonly typed = signal<ReadonlyMap<string, string>>(new Map());
  protected readonly pages = workerPages<Page<RowView>, RowFilter>({
    subject: () => this.filter(),
    ask: (filter, request) => this.store.call('rows', { filter, ...request }),
    // Rows do not move away below somebody who types.
    isHeld: () => this.editing() !== null,
  });
  protected readonly size = computed(() => ({
    rows: this.pages.value()?.items.length ?? 0,
    columns: COLUMNS,
  }));
  /** Of the first row of the page; the heading is row 1. */
  protected readonly firstIndex = computed(() => (this.pages.page() - 1) * ROWS_PER_PAGE + 2);
  /** The one cell that Tab reaches; a page that became shorter ends above the place where one was. */
  private readonly stop = computed((): GridPlace => {
    const { row, column } = this.active();
    return { row: Math.max(0, Math.min(row, this.size().rows - 1)), column };
  });

  constructor() {
    effect(() => {
      this.pages.value();
      this.typed.set(new Map());
    });
    keepFocus(
      this.pages.value,
      () => this.cell(this.stop()) ?? this.host.querySelector<HTMLElement>('.none'),
    );
  }

  protected readonly fieldName = (field: ContactFieldName) => this.t(`fields.${field}`);
  protected readonly reasons = (row: RowView) => this.words.reasons(row);
  protected readonly cellName = (row: RowView, field: ContactFieldName) =>
    this.t('wizard_values.rows.edit_cell', { field: this.fieldName(field), line: this.number(row.line) });

  protected readonly typedIn = (row: RowView, field: ContactFieldName) =>
    this.typed().get(`${row.row} ${field}`);

  protected shown(row: RowView, field: ContactFieldName): string {
    return (this.typedIn(row, field) ?? this.words.value(row, field)) || '—';
  }

  protected beforeRepair(row: RowView, field: ContactFieldName): string | null {
    return this.typedIn(row, field) === undefined ? this.words.before(row, field) : null;
  }

  protected actionName(row: RowView): string {
    const line = this.number(row.line);
    return row.state === 'left_out'
      ? this.t('wizard_values.rows.bring_back_line', { line })
      : this.t('wizard_values.rows.leave_out_line', { line });
  }

  protected tabIndex(row: number, column: number): 0 | -1 | null {
    if (this.isEditing(row, column)) return null;
    const stop = this.stop();
    return stop.row === row && stop.column === column ? 0 : -1;
  }

  protected isEditing(row: number, column: number): boolean {
    const place = this.editing();
    return place?.row === row && place.column === column;
  }

  protected press(event: KeyboardEvent): void {
    const at = placeOf(event.target);
    if (at === null) return;
    const to = moveInGrid(event.key, event.ctrlKey || event.metaKey, at, this.size());
    const isEdit = event.key === 'F2' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey);
    if (to !== null) this.focus(to);
    else if (event.key === 'PageDown' || event.key === 'PageUp') this.turn(event.key === 'PageDown' ? 1 : -1);
    else if (isEdit && EDITABLE.includes(at.column)) this.edit(at);
    else if (startsTyping(event) && EDITABLE.includes(at.column)) this.edit(at, event.key);
    else return;
    event.preventDefault();
  }

  protected enter(event: FocusEvent): void {
    const place = placeOf(event.target);
    if (place !== null) this.active.set(place);
  }

  /** A first click chooses the cell, one more edits it, as in a spreadsheet; a finger edits at once. */
  protected point(event: MouseEvent): void {
    const place = placeOf(event.target);
    if (place === null || this.isEditing(place.row, place.column)) return;
    const isChosen = this.cell(place) === document.activeElement && this.chosen === placeKey(place);
    const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
    this.chosen = placeKey(place);
    if ((isChosen || isTouch) && EDITABLE.includes(place.column)) this.edit(place);
  }

  protected endEditing(row: RowView, field: ContactFieldName, { value, step }: CellEnd): void {
    const at = this.editing();
    if (at === null) return;
    const next = step === 0 ? null : nextEditable(at, step, this.size().rows, EDITABLE);
    if (value !== null && value !== (this.typedIn(row, field) ?? row.fields[field].before)) {
      this.typed.update((typed) => new Map(typed).set(`${row.row} ${field}`, value));
      this.change((edits) => withCell(edits, { kind: 'cell', row: row.row, field, value }));
    }
    // Somebody who clicked elsewhere is left there.
    const isHere = this.host.contains(document.activeElement);
    if (next !== null) return this.edit(next);
    this.editing.set(null);
    if (!isHere) return;
    this.changes.detectChanges();
    this.focus(at);
  }

  protected leaveOut(row: RowView): void {
    this.change((edits) =>
      row.state === 'left_out' ? withRowBack(edits, row.row) : withRowLeftOut(edits, row.row),
    );
  }

  private change(
    changed: (edits: Parameters<typeof withRowBack>[0]) => ReturnType<typeof withRowBack>,
  ): void {
    this.store.decide({ edits: changed(this.store.decisions()?.edits ?? []) });
  }

  private edit(place: GridPlace, firstKey: string | null = null): void {
    this.active.set(place);
    this.firstKey.set(firstKey);
    this.editing.set(place);
    // Not with the next frame: somebody who types fast would lose letters.
    this.changes.detectChanges();
    this.editor()?.focus();
  }

  private turn(step: number): void {
    const pages = Math.ceil((this.pages.value()?.count ?? 0) / ROWS_PER_PAGE);
    this.pages.page.update((page) => Math.max(1, Math.min(pages, page + step)));
  }

  private focus(place: GridPlace): void {
    this.active.set(place);
    this.cell(place)?.focus();
  }

  private cell({ row, column }: GridPlace): HTMLElement | null {
    return this.host.querySelector<HTMLElement>(`[data-place="${row} ${column}"]`);
  }
}

const placeKey = ({ row, column }: GridPlace): string => `${row} ${column}`;

/** The place of the cell in which something happened. */
function placeOf(target: EventTarget | null): GridPlace | null {
  const cell = target instanceof Element ? target.closest('[data-place]') : null;
  const [row, column] = (cell?.getAttribute('data-place') ?? '').split(' ').map(Number);
  return row === undefined || column === undefined ? null : { row, column };
}
