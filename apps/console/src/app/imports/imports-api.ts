import { HttpClient, type HttpEvent } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { DryRun, ImportOptions, ImportView, List, OwnColumn, RejectedRowList } from '@ponte/contracts';
import type { Observable } from 'rxjs';

export const IMPORTS_PER_PAGE = 15;
export const REJECTED_PER_PAGE = 25;

/** What goes beside the file. `own_columns` says what its last columns are: the person's own cells of rejected rows. */
export interface UploadOptions extends ImportOptions {
  readonly own_columns?: readonly OwnColumn[];
}

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
    options: UploadOptions,
  ): Observable<HttpEvent<ImportView>> {
    return this.http.post<ImportView>(importsUrl(accountId), upload(file, options), {
      headers: { 'Idempotency-Key': key },
      observe: 'events',
      reportProgress: true,
    });
  }

  /** What an import of the same file would do now. Writes nothing. */
  dryRun(accountId: number, file: File, options: UploadOptions): Observable<HttpEvent<DryRun>> {
    return this.http.post<DryRun>(`${importsUrl(accountId)}/dry_run`, upload(file, options), {
      observe: 'events',
      reportProgress: true,
    });
  }

  cancel(accountId: number, id: number): Observable<ImportView> {
    return this.http.post<ImportView>(`${importUrl(accountId, id)}/cancel`, null);
  }

  /** Only one that has ended. */
  delete(accountId: number, id: number): Observable<void> {
    return this.http.delete<void>(importUrl(accountId, id));
  }

  rejectedRows(accountId: number, id: number, page: number): Observable<RejectedRowList> {
    return this.http.get<RejectedRowList>(`${importUrl(accountId, id)}/rejected_rows`, {
      params: { page, per_page: REJECTED_PER_PAGE },
    });
  }
}

function upload(file: File, options: UploadOptions): FormData {
  const body = new FormData();
  // Before the file: the server reads the body once, from front to back.
  body.append('options', JSON.stringify(options));
  body.append('file', file, file.name);
  return body;
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
