import { inject } from '@angular/core';
import { type CanActivateFn, RedirectCommand, Router, type UrlTree } from '@angular/router';
import type { Action, Subject } from '@ponte/permissions';
import { SessionStore } from './session-store';

/** Shows another page under the address that was asked for, so that reloading or sharing it means the same. */
function showInstead(page: UrlTree): RedirectCommand {
  return new RedirectCommand(page, { skipLocationChange: true });
}

/** Waits until we know who is here; nobody goes to the sign-in page, which brings them back. */
export const signedIn: CanActivateFn = async (_, state) => {
  const router = inject(Router);
  const session = inject(SessionStore);
  switch (await session.load()) {
    case 'signed_in':
      return true;
    case 'unreachable':
      return showInstead(router.parseUrl('/unreachable'));
    default:
      return router.createUrlTree(['/sign-in'], {
        queryParams: state.url === '/' ? {} : { return_to: state.url },
      });
  }
};

/** Nobody signs in twice. */
export const signedOut: CanActivateFn = async () => {
  const router = inject(Router);
  const session = inject(SessionStore);
  return (await session.load()) === 'signed_in' ? router.parseUrl('/') : true;
};

/** `/` is the contacts of the account that was used last. */
export const toAccount: CanActivateFn = () => {
  const account = inject(SessionStore).account();
  const router = inject(Router);
  return router.parseUrl(account ? `/accounts/${account.id}/contacts` : '/profile');
};

/**
 * The account in the address becomes the one we work in; an account of others does not exist here. Where it demands a second
 * factor that this administrator lacks, the set-up comes first and leads back.
 */
export const ownAccount: CanActivateFn = (route, state) => {
  const id = Number(route.paramMap.get('account_id'));
  const router = inject(Router);
  const session = inject(SessionStore);
  if (!session.useAccount(id)) return showInstead(router.parseUrl('/not-found'));
  return session.lacksSecondFactor()
    ? router.createUrlTree(['/second-factor'], { queryParams: { return_to: state.url } })
    : true;
};

/** Says clearly that the role does not allow this page, instead of showing an empty one. */
export function may(action: Action, subject: Subject): CanActivateFn {
  return () => {
    const router = inject(Router);
    return inject(SessionStore).can(action, subject) || showInstead(router.parseUrl('/not-allowed'));
  };
}
