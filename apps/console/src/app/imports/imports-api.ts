import { HttpClient, type HttpEvent } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { ImportOptions, ImportView, List, RejectedRowList } from '@ponte/contracts';
import type { Observable } from 'rxjs';

export const IMPORTS_PER_PAGE = 15;
export const REJECTED_PER_PAGE = 25;

@Injectable({ providedIn: 'root' })
export class ImportsApi {
  private readonly http = inject(HttpClient);

  list(accountId: number, page: number): Observable<List<ImportView>> {
    return this.http.get<List<ImportView>>(importsUrl(accountId), {
      params: { page, per_page: IMPORTS_PER_PAGE },
    });
  }

  get(accountId: number, id: number): Observable<ImportView> {
    return this.http.get<ImportView>(importUrl(accountId, id));
  }

  /** The key makes a second try of the same file the same import. */
  upload(
    accountId: number,
    file: File,
    key: string,
    options: ImportOptions,
  ): Observable<HttpEvent<ImportView>> {
    const body = new FormData();
    // Before the file: the server reads the body once, from front to back.
    body.append('options', JSON.stringify(options));
    body.append('file', file, file.name);
    return this.http.post<ImportView>(importsUrl(accountId), body, {
      headers: { 'Idempotency-Key': key },
      observe: 'events',
      reportProgress: true,
    });
  }

  cancel(accountId: number, id: number): Observable<ImportView> {
    return this.http.post<ImportView>(`${importUrl(accountId, id)}/cancel`, null);
  }

  rejectedRows(accountId: number, id: number, page: number): Observable<RejectedRowList> {
    return this.http.get<RejectedRowList>(`${importUrl(accountId, id)}/rejected_rows`, {
      params: { page, per_page: REJECTED_PER_PAGE },
    });
  }
}

function importsUrl(accountId: number): string {
  return `/api/v1/accounts/${accountId}/imports`;
}

export function importUrl(accountId: number, id: number): string {
  return `${importsUrl(accountId)}/${id}`;
}

export function sampleUrl(accountId: number): string {
  return `/api/v1/accounts/${accountId}/contacts/import/sample`;
}

/** A workbook with the columns, their rules and examples. */
export function templateUrl(accountId: number): string {
  return `/api/v1/accounts/${accountId}/contacts/import/template`;
}
