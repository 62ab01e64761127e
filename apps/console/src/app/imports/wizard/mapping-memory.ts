import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { ColumnMapping } from '@ponte/contacts';
import type { RememberedMapping } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { readProblem } from '../../http/call-problem';
import { SessionStore } from '../../session/session-store';
import type { Remembered } from './wizard-state';
import type { OpenedView } from './wizard-types';

/** What the API takes as one header. Wider files are rare, and their columns are seldom the same twice. */
const MAX_COLUMNS = 1000;
const MAX_TITLE = 1000;

/** The account's memory for files of the same header. A help and no more: without it the guesses stand. */
@Injectable({ providedIn: 'root' })
export class MappingMemory {
  private readonly http = inject(HttpClient);
  private readonly session = inject(SessionStore);

  async find(opened: OpenedView): Promise<Remembered | null> {
    const header = headerOf(opened);
    if (header === null) return null;
    try {
      const answer = await firstValueFrom(
        this.http.post<RememberedMapping>(`${this.url()}/find`, { header }),
      );
      if (answer.mapping === null || answer.mapping.roles.length !== header.length) return null;
      return { mapping: answer.mapping, usedAt: answer.used_at };
    } catch (error) {
      readProblem(error);
      return null;
    }
  }

  async save(opened: OpenedView, mapping: ColumnMapping): Promise<void> {
    const header = headerOf(opened);
    if (header === null) return;
    try {
      await firstValueFrom(this.http.put<RememberedMapping>(this.url(), { header, mapping }));
    } catch (error) {
      // The import itself was sent; next time the columns are guessed again.
      readProblem(error);
    }
  }

  private url(): string {
    return `/api/v1/accounts/${this.session.account()?.id}/import_mappings`;
  }
}

/** Titles by which a kind of file is known again; null where there are none. */
function headerOf({ detection, columns }: OpenedView): readonly string[] | null {
  if (detection.headerLine === 0 || columns.length === 0 || columns.length > MAX_COLUMNS) return null;
  const header = columns.map((column) => column.header);
  return header.every((title) => title.length <= MAX_TITLE) ? header : null;
}
