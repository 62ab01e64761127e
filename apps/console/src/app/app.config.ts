import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  type ApplicationConfig,
  inject,
  isDevMode,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  provideZonelessChangeDetection,
} from '@angular/core';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withInMemoryScrolling,
  withRouterConfig,
} from '@angular/router';
import { PureAbility } from '@casl/ability';
import { provideTransloco } from '@jsverse/transloco';
import { LOCALES } from '@ponte/contracts';
import { defineAbility } from '@ponte/permissions';
import { routes } from './app.routes';
import { LinkToken } from './entry/link-token';
import { languageInterceptor } from './http/language-interceptor';
import { PageTitle } from './i18n/page-title';
import { TextLoader } from './i18n/text-loader';
import { Texts } from './i18n/texts';
import { sessionInterceptor } from './session/session-interceptor';
import { SessionStore } from './session/session-store';

export const appConfig: ApplicationConfig = {
  providers: [
    provideZonelessChangeDetection(),
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(withInterceptors([languageInterceptor, sessionInterceptor])),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withRouterConfig({ paramsInheritanceStrategy: 'always' }),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
    ),
    { provide: TitleStrategy, useExisting: PageTitle },
    { provide: PureAbility, useFactory: () => defineAbility(null) },
    provideTransloco({
      config: {
        availableLangs: [...LOCALES],
        defaultLang: LOCALES[0],
        reRenderOnLangChange: true,
        prodMode: !isDevMode(),
      },
      loader: TextLoader,
    }),
    // Before anything is asked or shown: no call is made while a secret stands in the address bar.
    provideAppInitializer(() => void inject(LinkToken)),
    // Both at once: nothing is shown before the texts are there, and the first guard asks who is here.
    provideAppInitializer(() => Promise.all([inject(Texts).useRemembered(), inject(SessionStore).load()])),
  ],
};
