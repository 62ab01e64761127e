import { TestBed } from '@angular/core/testing';
import { provideConsole } from '../../testing';
import { Drafts } from './draft/drafts';
import { MappingMemory } from './mapping-memory';
import { TableClient } from './table-client';
import type { Remembered } from './wizard-state';
import { WizardStore } from './wizard-store';
import { columnOf, FakeTableClient, openedOf } from './wizard-testing';
import type { Review } from './wizard-types';

const FILE = { file: new File(['Cliente;Celular'], 'clientes.csv') };
const OTHER = { text: 'a\tb' };
const REVIEW: Review = {
  rows: { total: 2, ready: 2, problems: 0, leftOut: 0, merged: 0 },
  repairs: [],
  problems: [],
  warnings: [],
  duplicates: { groups: 0, rows: 0 },
  editRows: [],
};
const REMEMBERED: Remembered = {
  mapping: { roles: ['name', null, 'phone_number'], defaults: {} },
  usedAt: '2026-03-12T12:00:00Z',
};
const EDIT = { kind: 'leave_out', rows: [0] } as const;

describe('WizardStore', () => {
  let client: FakeTableClient;
  let store: WizardStore;
  let remembered: Remembered | null;
  const discarded = vi.fn();
  const saved = vi.fn();

  beforeEach(() => {
    client = new FakeTableClient();
    remembered = null;
    discarded.mockClear();
    saved.mockClear();
    TestBed.configureTestingModule({
      providers: [
        provideConsole(),
        { provide: TableClient, useValue: client },
        {
          provide: MappingMemory,
          useValue: { find: () => Promise.resolve(remembered), save: saved },
        },
        { provide: Drafts, useValue: { discard: discarded } },
        WizardStore,
      ],
    });
    store = TestBed.inject(WizardStore);
  });

  async function opened(changes: Parameters<typeof openedOf>[0] = {}): Promise<void> {
    void store.open(FILE);
    await client.last().answer(openedOf(changes));
  }

  it('reads a file, says how far it is, and guesses the columns', async () => {
    void store.open(FILE);
    client.last().progress(0.4);
    expect(store.table()).toMatchObject({ phase: 'opening', share: 0.4 });
    await client.last().answer(openedOf());
    expect(store.decisions()?.mapping.roles).toEqual(['name', 'phone_number', null]);
    expect(store.reach()).toBe('review');
  });

  it('shows the last of two files, whichever is read first', async () => {
    void store.open(FILE);
    void store.open(OTHER);
    const [first, second] = client.asked;
    await second?.answer(openedOf({ rows: 7 }));
    await first?.answer(openedOf({ rows: 3 }));
    expect(store.source()).toBe(OTHER);
    expect(store.opened()?.rows).toBe(7);
  });

  it('forgets an answer that comes after everything was closed', async () => {
    void store.open(FILE);
    store.close();
    await client.last().answer(openedOf());
    expect(store.table().phase).toBe('none');
    expect(client.isTerminated).toBe(true);
  });

  it('says why a file was refused, and keeps what was understood before', async () => {
    await opened();
    void store.open(FILE, { delimiter: ',' });
    await client.last().refuse({ code: 'malformed_csv', line: 3 });
    expect(store.table()).toMatchObject({
      phase: 'refused',
      problem: { code: 'malformed_csv', line: 3 },
      before: { rows: 2 },
    });
    expect(store.reach()).toBe('file');
  });

  it('keeps columns and switches when the same header is read again, and lets the edits go', async () => {
    await opened();
    store.decide({ mapping: { roles: ['name', null, 'phone_number'], defaults: {} } });
    store.decide({ repairs: ['phone_add_country'] });
    store.addEdit(EDIT);
    void store.open(FILE, { encoding: 'windows-1252' });
    await client.last().answer(openedOf());
    expect(store.decisions()).toMatchObject({
      mapping: { roles: ['name', null, 'phone_number'] },
      repairs: ['phone_add_country'],
      edits: [],
    });
  });

  it('starts anew with another header', async () => {
    await opened();
    store.decide({ mapping: { roles: [null, null, null], defaults: {} } });
    void store.open(FILE, { headerLine: 2 });
    await client.last().answer(openedOf({ columns: [columnOf({ header: 'Outra' })] }));
    expect(store.decisions()?.mapping.roles).toEqual([null]);
  });

  it('takes a draft up where it was left', async () => {
    const decisions = { ...decisionsOf(), areaCode: '11' };
    void store.open(FILE, {}, { decisions, remembered: REMEMBERED });
    await client.last().answer(openedOf());
    expect(store.decisions()?.areaCode).toBe('11');
    expect(store.remembered()).toBe(REMEMBERED);
  });

  it('does not force a draft on a table of another width', async () => {
    void store.open(FILE, {}, { decisions: decisionsOf(), remembered: null });
    await client.last().answer(openedOf({ columns: [columnOf({})] }));
    expect(store.decisions()?.mapping.roles).toEqual([null]);
  });

  it('uses what is remembered for this header', async () => {
    remembered = REMEMBERED;
    await opened();
    expect(store.decisions()?.mapping).toBe(REMEMBERED.mapping);
    expect(store.canUndo()).toBe(false);
  });

  it('does not let a late memory undo a decision', async () => {
    let recall = (_: Remembered) => {};
    const late = new Promise<Remembered>((resolve) => (recall = resolve));
    TestBed.inject(MappingMemory).find = () => late;
    await opened();
    store.decide({ areaCode: '21' });
    recall(REMEMBERED);
    await late;
    expect(store.decisions()?.mapping.roles).toEqual(['name', 'phone_number', null]);
    expect(store.remembered()).toBe(REMEMBERED);
  });

  it('reviews columns when the values are looked at, and every decision after that', async () => {
    await opened();
    store.show('columns');
    store.decide({ areaCode: '11' });
    expect(client.last().call).toBe('open');
    store.show('values');
    expect(client.last()).toMatchObject({ call: 'review', argument: { areaCode: '11' } });
    client.last().progress(0.5);
    expect(store.review()).toMatchObject({ isRunning: true, share: 0.5 });
    await client.last().answer(REVIEW);
    store.decide({ areaCode: '21' });
    expect(client.last()).toMatchObject({ call: 'review', argument: { areaCode: '21' } });
    expect(store.review().value).toBe(REVIEW);
  });

  it('does not review twice what was not changed', async () => {
    await opened();
    store.show('values');
    await client.last().answer(REVIEW);
    store.show('columns');
    store.show('values');
    store.show('review');
    expect(client.asked.filter(({ call }) => call === 'review')).toHaveLength(1);
  });

  it('shows the last of two reviews, whichever is made first', async () => {
    await opened();
    store.show('values');
    const first = client.last();
    store.decide({ areaCode: '21' });
    await client.last().answer({ ...REVIEW, editRows: [9] });
    await first.answer(REVIEW);
    expect(store.review().value?.editRows).toEqual([9]);
  });

  it('takes decisions back one by one, and an edit from the middle', async () => {
    await opened();
    store.addEdit(EDIT);
    store.addEdit({ ...EDIT, rows: [1] });
    store.takeBack(0);
    expect(store.decisions()?.edits).toEqual([{ ...EDIT, rows: [1] }]);
    store.undo();
    store.undo();
    expect(store.decisions()?.edits).toEqual([EDIT]);
    store.undo();
    store.undo();
    expect(store.decisions()?.edits).toEqual([]);
    expect(store.canUndo()).toBe(false);
  });

  it('reaches no further than the columns while a required field is missing', async () => {
    await opened();
    store.decide({ mapping: { roles: [null, 'phone_number', null], defaults: {} } });
    expect(store.reach()).toBe('columns');
    store.decide({ mapping: { roles: [null, 'phone_number', null], defaults: { name: 'Cliente' } } });
    expect(store.reach()).toBe('review');
  });

  it('reads the same file again with every decision after the worker was lost', async () => {
    await opened();
    store.addEdit(EDIT);
    store.show('values');
    await client.last().refuse({ code: 'stalled' });
    expect(store.review().problem?.code).toBe('stalled');
    void store.reread();
    await client.last().answer(openedOf());
    expect(store.decisions()?.edits).toEqual([EDIT]);
    expect(client.last().call).toBe('review');
  });

  it('remembers the mapping and drops the draft when the server has the import', async () => {
    await opened();
    await store.finish();
    expect(saved).toHaveBeenCalledWith(store.opened(), store.decisions()?.mapping);
    expect(discarded).toHaveBeenCalled();
    expect(store.isFinished()).toBe(true);
  });

  function decisionsOf() {
    return {
      mapping: { roles: ['name', 'phone_number', null] as const, defaults: {} },
      repairs: [],
      areaCode: null,
      edits: [],
      duplicates: 'each' as const,
      duplicatesOf: {},
    };
  }
});
