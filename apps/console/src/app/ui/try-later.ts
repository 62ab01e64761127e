import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Formats } from '../i18n/formats';
import { Texts } from '../i18n/texts';
import { Note } from './note';
import { secondsLeft } from './seconds-left';

/** From here on a clock time says more than a count of seconds. */
const COUNTED_SECONDS = 90;

/** Too many tries: says when it works again. The count is not read out at every second. */
@Component({
  selector: 'ponte-try-later',
  imports: [Note],
  template: `
    <ponte-note tone="bad" role="alert">
      <p>
        <strong>{{ t('problems.too_many_requests') }}</strong>
      </p>
      <p role="timer" aria-live="off">{{ text() }}</p>
    </ponte-note>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TryLater {
  private readonly formats = inject(Formats);
  protected readonly t = inject(Texts).t;
  readonly seconds = input.required<number>();

  private readonly until = computed(() => Date.now() + this.seconds() * 1000);
  private readonly left = secondsLeft(this.until);
  protected readonly text = computed(() => {
    const left = this.left();
    if (left === 0) return this.t('waits.over');
    if (left <= COUNTED_SECONDS) return this.t('waits.seconds', { time: this.formats.duration(left) });
    // Rounded up to a whole minute: at that time it works.
    const minute = Math.ceil(this.until() / 60_000) * 60_000;
    return this.t('waits.clock', { time: this.formats.time(new Date(minute).toISOString()) });
  });
}
