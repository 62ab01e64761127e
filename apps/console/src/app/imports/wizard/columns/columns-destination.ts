import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { COLUMN_ROLES, type ColumnRole } from '@ponte/contacts';
import { Texts } from '../../../i18n/texts';
import { Icon } from '../../../ui/icon';

/** Where one column goes, and why. The native list knows type-ahead, and the wheel of a phone. */
@Component({
  selector: 'ponte-columns-destination',
  imports: [Icon, MatButtonModule],
  template: `
    <select
      #list
      [class.used]="role() !== null"
      [attr.aria-label]="t('wizard_columns.destination_of', { column: column() })"
      (change)="choose(list.value)"
    >
      @for (each of roles; track each) {
        <option [value]="each" [selected]="each === role()">{{ roleText(each) }}</option>
      }
      <option value="" [selected]="role() === null">{{ t('wizard_columns.not_imported') }}</option>
    </select>
    @if (remark(); as remark) {
      <p class="remark small">
        <ponte-icon name="swap" />
        <span>
          {{ remark }}
          <button type="button" (click)="list.focus(); undone.emit()">{{ t('wizard_columns.undo') }}</button>
        </span>
      </p>
    } @else {
      <p class="small quiet">{{ reason() }}</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.25rem;
    }
    select {
      inline-size: 100%;
      min-block-size: 44px;
      padding: 0.5rem 0.75rem;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 10px;
      background: var(--mat-sys-surface-container-lowest);
      color: var(--mat-sys-on-surface-variant);
      font: inherit;
    }
    select.used {
      border-color: var(--mat-sys-primary);
      color: var(--mat-sys-on-surface);
      font-weight: 600;
    }
    p {
      min-block-size: 1.25rem;
    }
    .remark {
      display: flex;
      gap: 0.5rem;
      padding: 0.375rem 0.5rem;
      border-radius: 8px;
      background: var(--ponte-look-container);
      color: var(--ponte-look);
    }
    .remark ponte-icon {
      inline-size: 1rem;
      block-size: 1rem;
      margin-block-start: 0.125rem;
    }
    .remark button {
      min-block-size: 1.5rem;
      padding: 0 0.25rem;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      font-weight: 700;
      text-decoration: underline;
      text-underline-offset: 0.2em;
      cursor: pointer;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ColumnsDestination {
  protected readonly t = inject(Texts).t;
  readonly column = input.required<string>();
  readonly role = input.required<ColumnRole | null>();
  readonly reason = input.required<string>();
  /** Takes the place of the reason after a role has changed its column. */
  readonly remark = input('');
  readonly chosen = output<ColumnRole | null>();
  readonly undone = output();

  protected readonly roles = COLUMN_ROLES;
  protected readonly roleText = (role: ColumnRole) => this.t(`column_roles.${role}`);

  protected choose(value: string): void {
    this.chosen.emit(COLUMN_ROLES.find((role) => role === value) ?? null);
  }
}
