import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { AccountView, UpdateAccount } from '@ponte/contracts';
import type { Observable } from 'rxjs';

@Injectable({ providedIn: 'root' })
export class AccountApi {
  private readonly http = inject(HttpClient);

  update(accountId: number, body: UpdateAccount): Observable<AccountView> {
    return this.http.patch<AccountView>(`/api/v1/accounts/${accountId}`, body);
  }

  /** `name` as it was typed: the server compares it. */
  delete(accountId: number, name: string): Observable<void> {
    return this.http.delete<void>(`/api/v1/accounts/${accountId}`, { body: { name } });
  }
}
