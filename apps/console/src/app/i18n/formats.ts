import { inject, Injectable } from '@angular/core';
import * as format from './format';
import { Texts } from './texts';

/** Numbers, sizes and times in the language that is on. */
@Injectable({ providedIn: 'root' })
export class Formats {
  private readonly texts = inject(Texts);

  readonly number = (value: number): string => format.formatNumber(value, this.texts.locale());
  readonly percent = (share: number): string => format.formatPercent(share, this.texts.locale());
  readonly bytes = (value: number): string => format.formatBytes(value, this.texts.locale());
  readonly duration = (seconds: number): string => format.formatDuration(seconds, this.texts.locale());
  readonly date = (iso: string): string => format.formatDate(iso, this.texts.locale(), 'date');
  readonly day = (iso: string): string => format.formatDate(iso, this.texts.locale(), 'day');
  readonly time = (iso: string): string => format.formatDate(iso, this.texts.locale(), 'time');
  readonly dateTime = (iso: string): string => format.formatDate(iso, this.texts.locale(), 'date_time');
  readonly relative = (iso: string, now: number): string =>
    format.formatRelative(iso, now, this.texts.locale());
}
