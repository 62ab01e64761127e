import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideConsole, settled } from '../../../testing';
import { RowsGrid } from './rows-grid';
import { WizardStore } from '../wizard-store';
import type { Decisions, Edit, FieldView, RowView } from '../wizard-types';

const field = (before: string, changes: Partial<FieldView> = {}): FieldView => ({
  before,
  after: before,
  issue: null,
  warning: null,
  repairs: [],
  ...changes,
});
const rowOf = (row: number): RowView => ({
  row,
  line: row + 2,
  state: 'problem',
  fields: {
    name: field(`Ana ${row}`),
    phone_number: field('123', { issue: 'phone_invalid' }),
    email: field(''),
  },
  issue: null,
  cells: [],
});

/** The store's part that a grid needs, with rows that go as soon as they are edited or left out. */
class FakeStore {
  readonly edits = signal<readonly Edit[]>([]);
  readonly review = signal({ value: {}, isRunning: false });
  asked = 0;
  decisions = () => ({ edits: this.edits() }) as Decisions;
  decide({ edits }: Partial<Decisions>): void {
    this.edits.set(edits ?? []);
    this.review.set({ value: {}, isRunning: false });
  }
  call(): Promise<unknown> {
    this.asked++;
    const gone = this.edits().flatMap((edit) =>
      edit.kind === 'cell' ? [edit.row] : edit.kind === 'leave_out' ? edit.rows : [],
    );
    const items = [0, 1, 2].filter((row) => !gone.includes(row)).map(rowOf);
    return Promise.resolve({ count: items.length, items });
  }
}

describe('RowsGrid', () => {
  let store: FakeStore;
  let fixture: ComponentFixture<RowsGrid>;
  const host = () => fixture.nativeElement as HTMLElement;
  const cell = (place: string) => host().querySelector<HTMLElement>(`[data-place="${place}"]`);
  const input = () => host().querySelector('input');
  const place = () => document.activeElement?.closest('[data-place]')?.getAttribute('data-place');
  const quiet = async () => {
    await settled();
    await fixture.whenStable();
  };

  beforeEach(async () => {
    store = new FakeStore();
    TestBed.configureTestingModule({
      providers: [provideConsole(), { provide: WizardStore, useValue: store }],
    });
    fixture = TestBed.createComponent(RowsGrid);
    fixture.componentRef.setInput('filter', { kind: 'problems' });
    fixture.componentRef.setInput('label', 'Linhas');
    document.body.append(host());
    await quiet();
  });
  afterEach(() => host().remove());

  const press = (key: string, init: KeyboardEventInit = {}) =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
    );
  const type = (value: string) => {
    const field = input();
    if (field) field.value = value;
  };

  it('is one stop for Tab, and arrows walk through it', async () => {
    expect(host().querySelectorAll('[data-place][tabindex="0"]')).toHaveLength(1);
    cell('0 1')?.focus();
    press('ArrowDown');
    press('ArrowRight');
    await quiet();
    expect(place()).toBe('1 2');
    expect(host().querySelectorAll('[data-place][tabindex="0"]')).toHaveLength(1);
  });

  it('edits with Enter, keeps with Enter, and goes on with the row that took the place', async () => {
    cell('0 2')?.focus();
    press('Enter');
    expect(document.activeElement).toBe(input());
    type('11 98765-4321');
    press('Enter');
    await quiet();
    expect(store.edits()).toEqual([{ kind: 'cell', row: 0, field: 'phone_number', value: '11 98765-4321' }]);
    expect(cell('0 1')?.textContent).toContain('Ana 1');
    expect(place()).toBe('0 2');
  });

  it('gives up with Escape', async () => {
    cell('0 1')?.focus();
    press('F2');
    type('Bia');
    press('Escape');
    await quiet();
    expect(store.edits()).toEqual([]);
    expect(input()).toBeNull();
    expect(place()).toBe('0 1');
  });

  it('begins with the letter that was typed, and loses none that comes at once', () => {
    cell('0 1')?.focus();
    press('B');
    expect(input()?.value).toBe('B');
    expect(document.activeElement).toBe(input());
  });

  it('goes on with Tab, and moves no row away meanwhile', async () => {
    cell('0 1')?.focus();
    press('Enter');
    type('Bia');
    press('Tab');
    await quiet();
    expect(place()).toBe('0 2');
    expect(document.activeElement).toBe(input());
    expect(host().querySelectorAll('tbody tr')).toHaveLength(3);
    expect(cell('0 1')?.textContent).toContain('Bia');
    press('Escape');
    await quiet();
    expect(host().querySelectorAll('tbody tr')).toHaveLength(2);
  });

  it('leaves a row out, and keeps the keyboard on the next one', async () => {
    cell('1 5')?.focus();
    cell('1 5')?.click();
    await quiet();
    expect(store.edits()).toEqual([{ kind: 'leave_out', rows: [1] }]);
    expect(host().querySelectorAll('tbody tr')).toHaveLength(2);
    expect(place()).toBe('1 5');
  });

  it('does not lose the keyboard with its last row', async () => {
    for (let row = 0; row < 3; row++) {
      cell('0 5')?.focus();
      cell('0 5')?.click();
      await quiet();
    }
    expect(document.activeElement?.textContent).toContain('Nenhuma linha aqui');
  });
});
