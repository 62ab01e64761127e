import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { AccessTokenView, CreateAccessToken, List, NewAccessToken } from '@ponte/contracts';
import type { Observable } from 'rxjs';

const URL = '/api/v1/profile/access_tokens';

@Injectable({ providedIn: 'root' })
export class TokensApi {
  private readonly http = inject(HttpClient);

  list(): Observable<List<AccessTokenView>> {
    return this.http.get<List<AccessTokenView>>(URL);
  }

  create(body: CreateAccessToken): Observable<NewAccessToken> {
    return this.http.post<NewAccessToken>(URL, body);
  }

  revoke(id: AccessTokenView['id']): Observable<void> {
    return this.http.delete<void>(`${URL}/${id}`);
  }
}
