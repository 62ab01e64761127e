import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type {
  AcceptInvitation,
  PasswordResetView,
  Profile,
  ReceivedInvitation,
  UsePasswordReset,
} from '@ponte/contracts';
import type { Observable } from 'rxjs';

const RESETS = '/api/v1/auth/password_resets';
const INVITATIONS = '/api/v1/auth/invitations';

/** What links from e-mails are for. Their secret part travels in bodies. */
@Injectable({ providedIn: 'root' })
export class LinksApi {
  private readonly http = inject(HttpClient);

  requestReset(email: string): Observable<void> {
    return this.http.post<void>(RESETS, { email });
  }

  findReset(token: string): Observable<PasswordResetView> {
    return this.http.post<PasswordResetView>(`${RESETS}/find`, { token });
  }

  useReset(body: UsePasswordReset): Observable<Profile> {
    return this.http.post<Profile>(`${RESETS}/use`, body);
  }

  findInvitation(token: string): Observable<ReceivedInvitation> {
    return this.http.post<ReceivedInvitation>(`${INVITATIONS}/find`, { token });
  }

  accept(body: AcceptInvitation): Observable<Profile> {
    return this.http.post<Profile>(`${INVITATIONS}/accept`, body);
  }

  decline(token: string): Observable<void> {
    return this.http.post<void>(`${INVITATIONS}/decline`, { token });
  }
}
