import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { RecoveryCodes, SecondFactorSetup, TurnOffSecondFactor } from '@ponte/contracts';
import type { Observable } from 'rxjs';

const URL = '/api/v1/profile/second_factor';

@Injectable({ providedIn: 'root' })
export class SecondFactorApi {
  private readonly http = inject(HttpClient);

  begin(current_password: string): Observable<SecondFactorSetup> {
    return this.http.post<SecondFactorSetup>(URL, { current_password });
  }

  confirm(code: string): Observable<RecoveryCodes> {
    return this.http.post<RecoveryCodes>(`${URL}/confirm`, { code });
  }

  newRecoveryCodes(code: string): Observable<RecoveryCodes> {
    return this.http.post<RecoveryCodes>(`${URL}/recovery_codes`, { code });
  }

  turnOff(body: TurnOffSecondFactor): Observable<void> {
    return this.http.delete<void>(URL, { body });
  }
}
