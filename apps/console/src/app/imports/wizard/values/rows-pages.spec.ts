import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type WorkerPages, workerPages } from './rows-pages';
import type { ReviewState } from '../wizard-state';
import { WizardStore } from '../wizard-store';
import type { Page, PageRequest, Review } from '../wizard-types';

type Answer = (page: Page<string>) => Promise<void>;

const REVIEWED: ReviewState = { value: {} as Review, isRunning: false, share: 1, problem: null };

describe('workerPages', () => {
  const review = signal<ReviewState>(REVIEWED);
  const subject = signal('a');
  const isHeld = signal(false);
  let asked: { subject: string; request: PageRequest; answer: Answer }[];
  let pages: WorkerPages<Page<string>>;

  beforeEach(() => {
    asked = [];
    review.set(REVIEWED);
    subject.set('a');
    isHeld.set(false);
    TestBed.configureTestingModule({ providers: [{ provide: WizardStore, useValue: { review } }] });
    pages = TestBed.runInInjectionContext(() =>
      workerPages({
        subject,
        isHeld,
        ask: (of, request) =>
          new Promise<Page<string>>((resolve) => {
            const answer: Answer = (page) => {
              resolve(page);
              return new Promise((done) => setTimeout(done));
            };
            asked.push({ subject: of, request, answer });
          }),
      }),
    );
    TestBed.tick();
  });

  it('asks for fifty rows, and for the next fifty', async () => {
    await asked[0]?.answer({ count: 120, items: ['x'] });
    pages.page.set(2);
    TestBed.tick();
    expect(asked[1]?.request).toEqual({ offset: 50, limit: 50 });
    expect(pages.value()?.items).toEqual(['x']);
  });

  it('shows the last of several answers, whichever comes first', async () => {
    pages.page.set(2);
    TestBed.tick();
    await asked[1]?.answer({ count: 120, items: ['second'] });
    await asked[0]?.answer({ count: 120, items: ['first'] });
    expect(pages.value()?.items).toEqual(['second']);
  });

  it('waits for a review that is being made, and asks again after it', () => {
    review.set({ ...REVIEWED, isRunning: true });
    TestBed.tick();
    expect(asked).toHaveLength(1);
    review.set({ ...REVIEWED });
    TestBed.tick();
    expect(asked).toHaveLength(2);
  });

  it('moves nothing while somebody types', async () => {
    isHeld.set(true);
    TestBed.tick();
    await asked[0]?.answer({ count: 1, items: ['late'] });
    expect(pages.value()).toBeNull();
    isHeld.set(false);
    TestBed.tick();
    expect(asked).toHaveLength(2);
  });

  it('goes to the last page when a fix has emptied the present one', async () => {
    pages.page.set(3);
    TestBed.tick();
    await asked[1]?.answer({ count: 60, items: [] });
    expect(pages.page()).toBe(2);
  });

  it('starts another subject at its first page', () => {
    pages.page.set(3);
    TestBed.tick();
    subject.set('b');
    TestBed.tick();
    expect(asked.at(-1)).toMatchObject({ subject: 'b', request: { offset: 0 } });
  });
});
