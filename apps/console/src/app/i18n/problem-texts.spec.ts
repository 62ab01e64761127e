import { TestBed } from '@angular/core/testing';
import type { CallProblem } from '../http/call-problem';
import { provideConsole } from '../testing';
import { ProblemTexts } from './problem-texts';

const problem = (changes: Partial<CallProblem>): CallProblem => ({
  code: 'unknown',
  status: 422,
  detail: 'O que o servidor disse.',
  line: null,
  params: {},
  issues: [],
  requestId: null,
  retryAfter: null,
  ...changes,
});

describe('ProblemTexts', () => {
  let texts: ProblemTexts;
  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideConsole()] });
    texts = TestBed.inject(ProblemTexts);
  });

  it('names the delimiter that was seen', () => {
    const { what, todo } = texts.of(problem({ code: 'import_wrong_delimiter', params: { delimiter: '\t' } }));
    expect(what).toContain('separadas por tabulação');
    expect(todo).toContain('vírgula');
  });

  it('isolates names that come from a file', () => {
    const { what } = texts.of(
      problem({ code: 'import_missing_column', params: { columns: ['name', 'phone_number'] } }),
    );
    expect(what).toBe('Falta no cabeçalho: \u2068name\u2069, \u2068phone_number\u2069.');
  });

  it('writes a limit as the size or the number that it is', () => {
    const limit = 512 * 1024 * 1024;
    expect(texts.of(problem({ code: 'import_too_large', params: { limit } })).what).toMatch(/512.MB/);
    expect(texts.of(problem({ code: 'import_too_many_rows', params: { limit: 1_048_576 } })).what).toContain(
      '1.048.576',
    );
  });

  it("falls back to the server's sentence when a value did not come", () => {
    expect(texts.of(problem({ code: 'import_too_large' })).what).toBe('O que o servidor disse.');
  });

  it('has a sentence for a failure that it does not know', () => {
    expect(texts.ofFailure('run_of_tomorrow').what).toBe('O servidor não disse o motivo.');
  });
});
