import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { PASSWORD_LENGTH } from '@ponte/contracts';
import { Texts } from '../i18n/texts';

const SEGMENTS = [1, 2, 3, 4];
/** Lengths from which two, three and four segments are full. */
const STEPS = [PASSWORD_LENGTH.min, 16, 20];

/** How many of the four segments a password of this length fills. */
export function filledSegments(length: number): number {
  if (length === 0) return 0;
  return 1 + STEPS.filter((step) => length >= step).length;
}

/**
 * How long a new password is, and what is missing. It speaks of length alone and promises nothing: which passwords are easy
 * to guess is known to the server, whose answer shows here.
 */
@Component({
  selector: 'ponte-password-strength',
  template: `
    <div class="meter" aria-hidden="true">
      @for (segment of segments; track segment) {
        <i [class.full]="segment <= filled()"></i>
      }
    </div>
    <p [id]="describes()">{{ text() }}</p>
  `,
  styles: `
    :host {
      display: block;
      --ink: var(--mat-sys-on-surface-variant);
      --bar: light-dark(#e39a4a, #d99145);
    }
    :host(.good) {
      --ink: var(--ponte-good);
      --bar: light-dark(#2f9461, #5cbf86);
    }
    :host(.weak) {
      --ink: var(--mat-sys-error);
      --bar: light-dark(#d5423b, #f0776b);
    }
    .meter {
      display: grid;
      grid-template-columns: repeat(4, 1fr);
      gap: 3px;
      margin-block: 0.5rem 0.25rem;
    }
    i {
      block-size: 4px;
      border-radius: 4px;
      background: var(--mat-sys-surface-container-highest);
    }
    i.full {
      background: var(--bar);
    }
    p {
      color: var(--ink);
      font-size: 0.8125rem;
      line-height: 1.125rem;
    }
  `,
  host: { '[class.good]': 'isGood()', '[class.weak]': 'isWeak()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PasswordStrength {
  private readonly texts = inject(Texts);
  readonly password = input.required<string>();
  /** The server refused exactly this one. */
  readonly isWeak = input(false);
  /** Id for `aria-describedby` of the field. */
  readonly describes = input.required<string>();

  protected readonly segments = SEGMENTS;
  // As the server counts.
  private readonly length = computed(() => this.password().length);
  protected readonly filled = computed(() => (this.isWeak() ? 1 : filledSegments(this.length())));
  protected readonly isGood = computed(() => !this.isWeak() && this.length() >= PASSWORD_LENGTH.min);
  protected readonly text = computed(() => {
    const { t, n } = this.texts;
    const length = this.length();
    if (this.isWeak()) return `${t('problems.password_weak')} ${t('what_to_do.password_weak')}`;
    if (length === 0) return t('password.rules', { count: PASSWORD_LENGTH.min });
    if (length < PASSWORD_LENGTH.min) return n('password.missing', PASSWORD_LENGTH.min - length);
    return n('password.length', length);
  });
}
