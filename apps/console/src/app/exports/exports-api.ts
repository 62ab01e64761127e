import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { CreateExport, ExportView, List } from '@ponte/contracts';
import type { Observable } from 'rxjs';

export const EXPORTS_PER_PAGE = 15;

@Injectable({ providedIn: 'root' })
export class ExportsApi {
  private readonly http = inject(HttpClient);

  list(accountId: number, page: number): Observable<List<ExportView>> {
    return this.http.get<List<ExportView>>(exportsUrl(accountId), {
      params: { page, per_page: EXPORTS_PER_PAGE },
    });
  }

  create(accountId: number, body: CreateExport): Observable<ExportView> {
    return this.http.post<ExportView>(exportsUrl(accountId), body);
  }

  /** Only one that has ended. */
  delete(accountId: number, id: number): Observable<void> {
    return this.http.delete<void>(`${exportsUrl(accountId)}/${id}`);
  }
}

function exportsUrl(accountId: number): string {
  return `/api/v1/accounts/${accountId}/exports`;
}

export function exportFileUrl(accountId: number, id: number): string {
  return `${exportsUrl(accountId)}/${id}/file`;
}
