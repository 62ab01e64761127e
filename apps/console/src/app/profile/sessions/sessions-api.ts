import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { List, SessionView } from '@ponte/contracts';
import type { Observable } from 'rxjs';

const URL = '/api/v1/profile/sessions';

@Injectable({ providedIn: 'root' })
export class SessionsApi {
  private readonly http = inject(HttpClient);

  list(): Observable<List<SessionView>> {
    return this.http.get<List<SessionView>>(URL);
  }

  end(id: SessionView['id']): Observable<void> {
    return this.http.delete<void>(`${URL}/${id}`);
  }

  endOthers(): Observable<void> {
    return this.http.delete<void>(URL);
  }
}
