import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { Texts } from '../../../i18n/texts';
import { Note } from '../../../ui/note';
import { ColumnReasons } from './columns-reasons';
import { isSameRoles } from './columns-roles';
import { WizardStore } from '../wizard-store';
import { guessedMapping } from '../wizard-types';

/** "Mesmo modelo de 12/03": where the columns come from, and the way to the other answer. */
@Component({
  selector: 'ponte-columns-remembered',
  imports: [MatButtonModule, Note],
  template: `
    @if (store.remembered(); as remembered) {
      <ponte-note>
        <div class="row">
          <p>
            <strong>{{ title() }}</strong>
            {{ t(isGuessed() ? 'wizard_columns.remembered.off' : 'wizard_columns.remembered.on') }}
          </p>
          @if (canChoose()) {
            <button matButton="outlined" (click)="swap()">
              {{ t(isGuessed() ? 'wizard_columns.remembered.use_old' : 'wizard_columns.remembered.use_new') }}
            </button>
          }
        </div>
      </ponte-note>
    }
  `,
  styles: `
    .row {
      justify-content: space-between;
    }
    p {
      flex: 1 1 20rem;
    }
    button {
      --mat-button-outlined-label-text-color: currentColor;
      --mat-button-outlined-outline-color: currentColor;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ColumnsRemembered {
  private readonly reasons = inject(ColumnReasons);
  protected readonly store = inject(WizardStore);
  protected readonly t = inject(Texts).t;

  private readonly guessed = computed(() => guessedMapping(this.store.opened()?.columns ?? []));
  protected readonly title = computed(() => {
    const remembered = this.store.remembered();
    if (remembered === null) return '';
    const text = this.reasons.sameAsBefore(remembered);
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  });
  protected readonly isGuessed = computed(() => {
    const roles = this.store.decisions()?.mapping.roles ?? [];
    return this.canChoose() && isSameRoles(roles, this.guessed().roles);
  });
  /** Where the guesses are the same as what is remembered there is no other answer. */
  protected readonly canChoose = computed(() => {
    const remembered = this.store.remembered();
    return remembered !== null && !isSameRoles(remembered.mapping.roles, this.guessed().roles);
  });

  protected swap(): void {
    const remembered = this.store.remembered();
    if (remembered === null) return;
    this.store.decide({ mapping: this.isGuessed() ? remembered.mapping : this.guessed() });
  }
}
