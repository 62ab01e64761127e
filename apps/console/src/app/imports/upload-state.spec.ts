import { canSendAgain, localProblem } from './upload-state';

describe('localProblem', () => {
  it('sees an empty file and one that is too large before they are sent', () => {
    expect(localProblem(new File([], 'a.csv'), 10)?.code).toBe('import_empty_file');
    expect(localProblem(new File(['12345678901'], 'a.csv'), 10)).toMatchObject({
      code: 'import_too_large',
      params: { limit: 10 },
    });
    expect(localProblem(new File(['1234567890'], 'a.csv'), 10)).toBeNull();
  });
});

describe('canSendAgain', () => {
  const problem = {
    status: 422,
    detail: '',
    line: null,
    params: {},
    issues: [],
    requestId: null,
    retryAfter: null,
  };
  it('is for what may be different next time', () => {
    expect(canSendAgain({ ...problem, code: 'network', status: 0 })).toBe(true);
    expect(canSendAgain({ ...problem, code: 'internal', status: 500 })).toBe(true);
    expect(canSendAgain({ ...problem, code: 'import_wrong_delimiter' })).toBe(false);
  });
});
