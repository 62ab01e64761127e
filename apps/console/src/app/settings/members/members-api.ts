import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { List, MemberView, Role } from '@ponte/contracts';
import { EMPTY, expand, map, type Observable, reduce } from 'rxjs';

export const MEMBERS_PER_PAGE = 50;

@Injectable({ providedIn: 'root' })
export class MembersApi {
  private readonly http = inject(HttpClient);

  list(accountId: number, page: number): Observable<List<MemberView>> {
    return this.http.get<List<MemberView>>(this.url(accountId), {
      params: { page, per_page: MEMBERS_PER_PAGE },
    });
  }

  /** Every member, page after page. */
  all(accountId: number): Observable<readonly MemberView[]> {
    return this.list(accountId, 1).pipe(
      expand(({ meta }) =>
        meta.current_page * MEMBERS_PER_PAGE < meta.count
          ? this.list(accountId, meta.current_page + 1)
          : EMPTY,
      ),
      map(({ payload }) => payload),
      reduce<readonly MemberView[], readonly MemberView[]>((members, page) => [...members, ...page], []),
    );
  }

  changeRole(accountId: number, id: number, role: Role): Observable<MemberView> {
    return this.http.patch<MemberView>(`${this.url(accountId)}/${id}`, { role });
  }

  remove(accountId: number, id: number): Observable<void> {
    return this.http.delete<void>(`${this.url(accountId)}/${id}`);
  }

  leave(accountId: number): Observable<void> {
    return this.http.delete<void>(`${this.url(accountId)}/me`);
  }

  private url(accountId: number): string {
    return `/api/v1/accounts/${accountId}/members`;
  }
}
