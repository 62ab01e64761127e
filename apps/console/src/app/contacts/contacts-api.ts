import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { ContactBody, ContactList, ContactView, SearchContacts } from '@ponte/contracts';
import { map, type Observable } from 'rxjs';
import { CONTACTS_PER_PAGE, type ContactsQuery, filterPayload } from './contacts-query';

@Injectable({ providedIn: 'root' })
export class ContactsApi {
  private readonly http = inject(HttpClient);

  /** With every word in the body: addresses end up in the logs of proxies. */
  list(accountId: number, query: ContactsQuery): Observable<ContactList> {
    const body: SearchContacts = {
      page: query.page,
      per_page: CONTACTS_PER_PAGE,
      sort: query.sort,
      q: query.q,
      import_id: query.importId,
      payload: filterPayload(query),
    };
    return this.http.post<ContactList>(`${this.url(accountId)}/search`, body);
  }

  create(accountId: number, body: ContactBody): Observable<ContactView> {
    return this.http
      .post<{ payload: { contact: ContactView } }>(this.url(accountId), body)
      .pipe(map(({ payload }) => payload.contact));
  }

  update(accountId: number, id: number, body: ContactBody): Observable<ContactView> {
    return this.http
      .patch<{ payload: ContactView }>(`${this.url(accountId)}/${id}`, body)
      .pipe(map(({ payload }) => payload));
  }

  delete(accountId: number, id: number): Observable<void> {
    return this.http.delete<void>(`${this.url(accountId)}/${id}`);
  }

  private url(accountId: number): string {
    return `/api/v1/accounts/${accountId}/contacts`;
  }
}
