import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Router } from '@angular/router';
import { tap } from 'rxjs';
import { SessionStore } from './session-store';

/** A session that ran out leads to the sign-in page, which says so and brings the person back. */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(SessionStore);
  const router = inject(Router);
  return next(request).pipe(
    tap({
      error: (error: unknown) => {
        if (!(error instanceof HttpErrorResponse) || error.status !== 401 || !session.user()) return;
        session.end();
        void router.navigate(['/sign-in'], { queryParams: { return_to: router.url, expired: true } });
      },
    }),
  );
};
