import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { AccessTokenView, List, NewAccessToken } from '@ponte/contracts';
import type { Observable } from 'rxjs';

const URL = '/api/v1/profile/access_tokens';

@Injectable({ providedIn: 'root' })
export class TokensApi {
  private readonly http = inject(HttpClient);

  list(): Observable<List<AccessTokenView>> {
    return this.http.get<List<AccessTokenView>>(URL);
  }

  create(name: string): Observable<NewAccessToken> {
    return this.http.post<NewAccessToken>(URL, { name });
  }

  revoke(id: number): Observable<void> {
    return this.http.delete<void>(`${URL}/${id}`);
  }
}
