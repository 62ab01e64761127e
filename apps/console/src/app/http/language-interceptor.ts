import type { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Texts } from '../i18n/texts';

/** Sentences of the server come in the language of the console, whatever the browser is set to. */
export const languageInterceptor: HttpInterceptorFn = (request, next) =>
  next(request.clone({ setHeaders: { 'Accept-Language': inject(Texts).locale() } }));
