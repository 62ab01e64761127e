import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import type { DryRun } from '@ponte/contracts';
import { importOf, provideConsole, server, settled } from '../../../testing';
import { Drafts } from '../draft/drafts';
import { MappingMemory } from '../mapping-memory';
import { ReviewStep } from './review-step';
import { TableClient } from '../table-client';
import { WizardStore } from '../wizard-store';
import { FakeTableClient, openedOf } from '../wizard-testing';
import type { Output, Review } from '../wizard-types';

const DRY_RUN = '/api/v1/accounts/1/imports/dry_run';
const IMPORTS = '/api/v1/accounts/1/imports';
const FILE = { file: new File(['Cliente;Celular'], 'clientes.xlsx') };
const REVIEW: Review = {
  rows: { total: 3, ready: 2, problems: 1, leftOut: 0, merged: 0 },
  repairs: [],
  problems: [{ code: 'phone_missing', field: 'phone_number', rows: 1 }],
  warnings: [],
  duplicates: { groups: 0, rows: 0 },
  editRows: [],
};
const OUTPUT: Output = { blob: new Blob(['name,phone_number\n']), rows: 3, ownColumns: ['line', null] };
const planned = (created: number): DryRun => ({
  rows: { total: 3, done: 3, created, updated: 0, unchanged: 0, skipped: 0, failed: 3 - created },
  rejected_by_code: { phone_missing: 3 - created },
  ignored_columns: [],
  updates: [],
});

describe('ReviewStep', () => {
  let client: FakeTableClient;
  let store: WizardStore;
  let fixture: ComponentFixture<ReviewStep>;
  const navigate = vi.fn(() => Promise.resolve(true));

  beforeEach(async () => {
    client = new FakeTableClient();
    navigate.mockClear();
    TestBed.configureTestingModule({
      providers: [
        provideConsole(),
        provideRouter([]),
        { provide: TableClient, useValue: client },
        { provide: MappingMemory, useValue: { find: () => Promise.resolve(null), save: vi.fn() } },
        { provide: Drafts, useValue: { discard: vi.fn() } },
        WizardStore,
      ],
    });
    vi.spyOn(TestBed.inject(Router), 'navigate').mockImplementation(navigate);
    store = TestBed.inject(WizardStore);
    void store.open(FILE);
    await client.last().answer(openedOf());
    store.show('review');
    fixture = TestBed.createComponent(ReviewStep);
    fixture.componentRef.setInput('accountId', 1);
    fixture.detectChanges();
    await client.last().answer(REVIEW);
    await fixture.whenStable();
  });

  async function prepared(output: Output = OUTPUT): Promise<void> {
    expect(client.last()).toMatchObject({ call: 'output', argument: { kind: 'send' } });
    await client.last().answer(output);
    await fixture.whenStable();
  }

  async function plan(created: number): Promise<FormData> {
    const request = server().expectOne(DRY_RUN);
    request.flush(planned(created));
    await fixture.whenStable();
    return request.request.body as FormData;
  }

  it('asks the server about the very file, under the name that the person knows', async () => {
    await prepared();
    const body = await plan(2);
    expect((body.get('file') as File).name).toBe('clientes.xlsx');
    expect(JSON.parse(body.get('options') as string)).toEqual({
      existing: 'update',
      own_columns: ['line', null],
    });
    expect(store.action()).toMatchObject({ text: 'Importar 2 contatos', isDisabled: false });
  });

  it('cannot send before the figures are here, and has none of its own', async () => {
    expect(store.action()).toMatchObject({ text: 'Importar', isDisabled: true });
    await prepared();
    expect(store.action()).toMatchObject({ text: 'Importar', isDisabled: true });
    server().expectOne(DRY_RUN);
  });

  it('forgets the figures as soon as a decision changes, and abandons the question before', async () => {
    await prepared();
    const before = server().expectOne(DRY_RUN);
    store.decide({ repairs: ['phone_add_country'] });
    fixture.detectChanges();
    expect(before.cancelled).toBe(true);
    expect(store.action()).toMatchObject({ isDisabled: true });
    await client.last().answer(REVIEW);
    await fixture.whenStable();
    await prepared();
    await plan(3);
    expect(store.action()).toMatchObject({ text: 'Importar 3 contatos' });
  });

  it('asks anew about the same file when existing contacts are to be left alone', async () => {
    await prepared();
    await plan(2);
    const calls = client.asked.length;
    store.existing.set('skip');
    await fixture.whenStable();
    expect(client.asked).toHaveLength(calls);
    const body = await plan(1);
    expect(JSON.parse(body.get('options') as string)).toMatchObject({ existing: 'skip' });
    expect(store.action()).toMatchObject({ text: 'Importar 1 contato' });
  });

  it('sends nothing when no row can go in', async () => {
    await prepared();
    await plan(0);
    expect(store.action()).toMatchObject({ text: 'Importar', isDisabled: true });
    expect(fixture.nativeElement.textContent).toContain('Nenhuma linha pode entrar');
    store.action()?.run();
    server().expectNone(IMPORTS);
  });

  it('does not ask the server about a file without rows', async () => {
    await prepared({ ...OUTPUT, rows: 0 });
    server().expectNone(DRY_RUN);
    expect(fixture.nativeElement.textContent).toContain('Nenhuma linha pode entrar');
  });

  it('tries again with the same key after the connection broke, then shows the import', async () => {
    await prepared();
    await plan(2);
    store.action()?.run();
    const first = server().expectOne(IMPORTS);
    expect(store.isSending()).toBe(true);
    first.error(new ProgressEvent('error'));
    await fixture.whenStable();
    expect(store.isSending()).toBe(false);
    expect(fixture.nativeElement.textContent).toContain('O servidor não respondeu.');
    store.action()?.run();
    const second = server().expectOne(IMPORTS);
    expect(second.request.headers.get('Idempotency-Key')).toBe(first.request.headers.get('Idempotency-Key'));
    second.flush(importOf({ id: 9 }));
    await settled();
    expect(store.isFinished()).toBe(true);
    expect(navigate).toHaveBeenCalledWith(['/accounts', 1, 'imports', 9]);
  });

  it('does not send the same file again after the server refused it', async () => {
    await prepared();
    await plan(2);
    store.action()?.run();
    const problem = { code: 'import_too_large', detail: '', params: { limit: 10 } };
    server().expectOne(IMPORTS).flush(problem, { status: 413, statusText: '' });
    await fixture.whenStable();
    expect(store.action()).toMatchObject({ isDisabled: true });
  });

  it('stops an upload that is not wanted any more', async () => {
    await prepared();
    await plan(2);
    store.action()?.run();
    const request = server().expectOne(IMPORTS);
    await fixture.whenStable();
    const buttons = [...(fixture.nativeElement as HTMLElement).querySelectorAll('button')];
    buttons.find(({ textContent }) => textContent?.includes('Parar o envio'))?.click();
    await fixture.whenStable();
    expect(request.cancelled).toBe(true);
    expect(fixture.nativeElement.textContent).toContain('Nada foi gravado.');
    expect(store.action()).toMatchObject({ text: 'Importar 2 contatos', isDisabled: false });
  });

  it('leaves nothing under way when the step is left', async () => {
    await prepared();
    const request = server().expectOne(DRY_RUN);
    fixture.destroy();
    expect(request.cancelled).toBe(true);
  });
});
