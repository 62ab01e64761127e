import { Injectable, signal } from '@angular/core';

/** What was typed on one entry page and is of use on the next. Lives as long as the frame, in memory alone. */
@Injectable()
export class EntryDraft {
  readonly email = signal('');
}
