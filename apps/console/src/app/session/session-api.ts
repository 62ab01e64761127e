import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { DeleteProfile, Profile, SignIn, UpdateProfile } from '@ponte/contracts';
import type { Observable } from 'rxjs';

@Injectable({ providedIn: 'root' })
export class SessionApi {
  private readonly http = inject(HttpClient);

  signIn(body: SignIn): Observable<Profile> {
    return this.http.post<Profile>('/api/v1/auth/sign_in', body);
  }

  signOut(): Observable<void> {
    return this.http.post<void>('/api/v1/auth/sign_out', null);
  }

  profile(): Observable<Profile> {
    return this.http.get<Profile>('/api/v1/profile');
  }

  updateProfile(body: UpdateProfile): Observable<Profile> {
    return this.http.patch<Profile>('/api/v1/profile', body);
  }

  deleteProfile(body: DeleteProfile): Observable<void> {
    return this.http.delete<void>('/api/v1/profile', { body });
  }
}
