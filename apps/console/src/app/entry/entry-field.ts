import {
  booleanAttribute,
  ChangeDetectionStrategy,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { type FormControl, ReactiveFormsModule } from '@angular/forms';
import { switchMap } from 'rxjs';
import { Texts } from '../i18n/texts';
import { Icon } from '../ui/icon';

/**
 * A field with its label above it, as the entry pages have them. Its error shows once the form was sent: what appears while
 * the focus moves would push away the link that is being clicked. Content stands at the end of the label's line.
 */
@Component({
  selector: 'ponte-entry-field',
  imports: [Icon, ReactiveFormsModule],
  template: `
    <div class="above">
      <label [for]="id">{{ label() }}</label>
      <ng-content />
    </div>
    <div class="box" [class.fixed]="isFixed()" [class.wrong]="isWrong()">
      @if (isFixed()) {
        <ponte-icon name="lock" />
      }
      <input
        #box
        [id]="id"
        [type]="type() === 'password' && isShown() ? 'text' : type()"
        [formControl]="control()"
        [readonly]="isFixed()"
        [attr.autocomplete]="autocomplete()"
        [attr.inputmode]="inputmode()"
        [attr.aria-invalid]="isWrong()"
        [attr.aria-describedby]="description()"
        [attr.maxlength]="maxlength()"
        autocapitalize="none"
        spellcheck="false"
        dir="auto"
      />
      @if (type() === 'password') {
        <button
          type="button"
          [attr.aria-label]="t(isShown() ? 'password.hide' : 'password.show')"
          [attr.aria-pressed]="isShown()"
          (click)="isShown.set(!isShown())"
        >
          <ponte-icon name="eye" />
        </button>
      }
    </div>
    @if (isWrong() && error()) {
      <p class="error" [id]="id + '-error'">{{ error() }}</p>
    }
  `,
  styleUrl: './entry-field.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class EntryField {
  private static count = 0;
  protected readonly t = inject(Texts).t;
  protected readonly id = `entry-field-${EntryField.count++}`;
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  readonly label = input.required<string>();
  readonly control = input.required<FormControl<string>>();
  readonly type = input<'text' | 'email' | 'password'>('text');
  readonly autocomplete = input.required<string>();
  readonly inputmode = input<'numeric' | null>(null);
  readonly maxlength = input(255);
  /** What is wrong with an invalid value. */
  readonly error = input('');
  readonly wasSent = input(false);
  /** Id of an element that says more about the field. */
  readonly describedBy = input<string | null>(null);
  readonly isFixed = input(false, { transform: booleanAttribute });

  protected readonly isShown = signal(false);
  private readonly changes = toSignal(toObservable(this.control).pipe(switchMap(({ events }) => events)));
  protected readonly isWrong = computed(() => {
    this.changes();
    return this.wasSent() && this.control().invalid;
  });
  protected readonly description = computed(
    () =>
      [this.describedBy(), this.isWrong() ? `${this.id}-error` : null]
        .filter((id) => id !== null)
        .join(' ') || null,
  );

  focus(): void {
    this.box().nativeElement.focus();
  }
}
