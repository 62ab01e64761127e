import { safeReturn } from './safe-return';

describe('safeReturn', () => {
  it.each([
    ['/accounts/1/imports/5?page=2', '/accounts/1/imports/5?page=2'],
    [undefined, '/'],
    ['https://elsewhere.example', '/'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['/sign-in?return_to=/sign-in', '/'],
    ['/second-factor?return_to=/profile', '/'],
    ['/second-factors', '/second-factors'],
  ])('%s leads to %s', (asked, expected) => {
    expect(safeReturn(asked)).toBe(expected);
  });
});
