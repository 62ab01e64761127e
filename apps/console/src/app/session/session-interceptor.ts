import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { tap } from 'rxjs';
import { readProblem } from '../http/call-problem';
import { SessionStore } from './session-store';

/** Answered with 401 about what was typed: the session goes on. */
const ABOUT_WHAT_WAS_TYPED: ReadonlySet<string> = new Set([
  'credentials_wrong',
  'second_factor_needed',
  'second_factor_wrong',
]);

/**
 * A session that ran out leads to the sign-in page, which says so and brings the person back. An account that demands a
 * second factor leads to its set-up, which brings them back too.
 */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(SessionStore);
  const router = inject(Router);
  return next(request).pipe(
    tap({
      error: (error: unknown) => {
        if (!(error instanceof HttpErrorResponse) || !session.user()) return;
        const { code } = readProblem(error);
        if (error.status === 401 && !ABOUT_WHAT_WAS_TYPED.has(code)) {
          session.end();
          void router.navigate(['/sign-in'], { queryParams: { return_to: router.url, expired: true } });
        } else if (code === 'second_factor_required' && !router.url.startsWith('/second-factor')) {
          void router.navigate(['/second-factor'], { queryParams: { return_to: router.url } });
        }
      },
    }),
  );
};
