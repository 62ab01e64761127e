import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { secondsLeft } from './seconds-left';

describe('secondsLeft', () => {
  beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void vi.useRealTimers());

  it('counts down to 0, and starts again with another moment', () => {
    const until = signal(Date.now() + 2500);
    const left = TestBed.runInInjectionContext(() => secondsLeft(until));
    TestBed.tick();
    expect(left()).toBe(3);
    vi.advanceTimersByTime(1000);
    expect(left()).toBe(2);
    vi.advanceTimersByTime(10_000);
    expect(left()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);

    until.set(Date.now() + 60_000);
    TestBed.tick();
    expect(left()).toBe(60);
  });
});
