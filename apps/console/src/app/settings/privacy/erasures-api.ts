import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { ErasureView, FindPerson, List, PersonData } from '@ponte/contracts';
import type { Observable } from 'rxjs';

/** Who was asked for, and what there is of them. */
export interface FoundPerson {
  asked: FindPerson;
  data: PersonData;
}

export const ERASURES_PER_PAGE = 15;

/** A person travels in bodies alone: addresses are written into logs and histories. */
@Injectable({ providedIn: 'root' })
export class ErasuresApi {
  private readonly http = inject(HttpClient);

  find(accountId: number, person: FindPerson): Observable<PersonData> {
    return this.http.post<PersonData>(`${this.url(accountId)}/find`, person);
  }

  erase(accountId: number, person: FindPerson): Observable<ErasureView> {
    return this.http.post<ErasureView>(this.url(accountId), person);
  }

  list(accountId: number, page: number): Observable<List<ErasureView>> {
    return this.http.get<List<ErasureView>>(this.url(accountId), {
      params: { page, per_page: ERASURES_PER_PAGE },
    });
  }

  lift(accountId: number, id: number): Observable<void> {
    return this.http.delete<void>(`${this.url(accountId)}/${id}`);
  }

  private url(accountId: number): string {
    return `/api/v1/accounts/${accountId}/erasures`;
  }
}
