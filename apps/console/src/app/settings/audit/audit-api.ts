import { HttpClient, HttpParams } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { AuditEventView, List } from '@ponte/contracts';
import type { Observable } from 'rxjs';
import { type AuditQuery, filterParams } from './audit-query';

export const AUDIT_PER_PAGE = 25;

@Injectable({ providedIn: 'root' })
export class AuditApi {
  private readonly http = inject(HttpClient);

  list(accountId: number, query: AuditQuery): Observable<List<AuditEventView>> {
    return this.http.get<List<AuditEventView>>(auditUrl(accountId), {
      params: { page: query.page, per_page: AUDIT_PER_PAGE, ...filterParams(query) },
    });
  }
}

function auditUrl(accountId: number): string {
  return `/api/v1/accounts/${accountId}/audit_events`;
}

/** Every event that the filter lets through, not just the page on screen. */
export function auditFileUrl(accountId: number, query: AuditQuery): string {
  const params = new HttpParams({ fromObject: filterParams(query) }).toString();
  return `${auditUrl(accountId)}.csv${params === '' ? '' : `?${params}`}`;
}
