import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { CreateMember, InvitationView, List } from '@ponte/contracts';
import type { Observable } from 'rxjs';

export const INVITATIONS_PER_PAGE = 50;

@Injectable({ providedIn: 'root' })
export class InvitationsApi {
  private readonly http = inject(HttpClient);

  list(accountId: number, page: number): Observable<List<InvitationView>> {
    return this.http.get<List<InvitationView>>(this.url(accountId), {
      params: { page, per_page: INVITATIONS_PER_PAGE },
    });
  }

  invite(accountId: number, body: CreateMember): Observable<InvitationView> {
    return this.http.post<InvitationView>(`/api/v1/accounts/${accountId}/members`, body);
  }

  resend(accountId: number, id: InvitationView['id']): Observable<InvitationView> {
    return this.http.post<InvitationView>(`${this.url(accountId)}/${id}/resend`, null);
  }

  revoke(accountId: number, id: InvitationView['id']): Observable<void> {
    return this.http.delete<void>(`${this.url(accountId)}/${id}`);
  }

  private url(accountId: number): string {
    return `/api/v1/accounts/${accountId}/invitations`;
  }
}
