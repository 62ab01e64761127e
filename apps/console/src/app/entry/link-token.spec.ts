import { TestBed } from '@angular/core/testing';
import { LinkToken } from './link-token';

describe('LinkToken', () => {
  const before = location.href;
  afterEach(() => history.replaceState(null, '', before));

  it.each([
    ['/invitation#secret', '/invitation', 'secret'],
    ['/reset-password?from=mail#secret', '/reset-password?from=mail', 'secret'],
    ['/reset-password', '/reset-password', null],
    ['/contacts#secret', '/contacts#secret', null],
  ])('takes the secret part out of %s', (address, left, token) => {
    history.replaceState({ kept: 1 }, '', address);
    expect(TestBed.inject(LinkToken).value()).toBe(token);
    expect(location.href.slice(location.origin.length)).toBe(left);
    expect(history.state).toEqual({ kept: 1 });
  });

  it('takes the next link that is opened in the same tab, before other listeners see it', () => {
    history.replaceState(null, '', '/invitation#first');
    const seen: string[] = [];
    const listener = () => seen.push(location.hash);
    window.addEventListener('popstate', listener);
    const token = TestBed.inject(LinkToken);
    history.replaceState(null, '', '/invitation#second');
    window.dispatchEvent(new PopStateEvent('popstate'));
    window.removeEventListener('popstate', listener);
    expect(token.value()).toBe('second');
    expect(seen).toEqual(['']);
  });
});
