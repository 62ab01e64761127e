import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { type EnvironmentProviders, importProvidersFrom, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { PureAbility } from '@casl/ability';
import { TranslocoTestingModule } from '@jsverse/transloco';
import type { ImportView, Profile, Role } from '@ponte/contracts';
import { defineAbility } from '@ponte/permissions';
import ptBR from '../i18n/pt-BR.json';
import { languageInterceptor } from './http/language-interceptor';
import { sessionInterceptor } from './session/session-interceptor';

/** The console's own set-up, with a server that answers what the test says. */
export function provideConsole(): (Provider | EnvironmentProviders)[] {
  return [
    provideHttpClient(withInterceptors([languageInterceptor, sessionInterceptor])),
    provideHttpClientTesting(),
    { provide: PureAbility, useFactory: () => defineAbility(null) },
    importProvidersFrom(
      TranslocoTestingModule.forRoot({
        langs: { 'pt-BR': ptBR },
        translocoConfig: { availableLangs: ['pt-BR', 'en', 'es'], defaultLang: 'pt-BR' },
        preloadLangs: true,
      }),
    ),
  ];
}

export const server = (): HttpTestingController => TestBed.inject(HttpTestingController);

/** Lets promises that are already settled run. */
export const settled = (): Promise<void> => new Promise((done) => setTimeout(done));

export function profileOf(...roles: Role[]): Profile {
  return {
    user: {
      id: 1,
      name: 'Marina Prado',
      email: 'marina@example.com',
      locale: 'pt-BR',
      has_second_factor: false,
    },
    accounts: roles.map((role, index) => ({
      id: index + 1,
      name: `Conta ${index + 1}`,
      role,
      requires_second_factor: false,
    })),
  };
}

export function importOf(changes: Partial<ImportView>): ImportView {
  return {
    id: 5,
    state: 'running',
    file_name: 'clientes.csv',
    file_bytes: 1024,
    created_at: '2026-03-12T12:00:00Z',
    started_at: '2026-03-12T12:00:01Z',
    finished_at: null,
    created_by: { id: 1, name: 'Marina Prado' },
    options: { existing: 'update' },
    ignored_columns: [],
    rows: { total: 100, done: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 },
    rejected_by_code: {},
    rows_per_second: null,
    seconds_left: null,
    queue_position: null,
    cancel_requested: false,
    error: null,
    mail: null,
    ...changes,
  };
}
