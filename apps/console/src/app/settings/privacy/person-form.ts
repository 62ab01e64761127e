import { ChangeDetectionStrategy, Component, ElementRef, inject, input, output } from '@angular/core';
import { type AbstractControl, NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import type { FindPerson } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import type { CallProblem } from '../../http/call-problem';
import { sending } from '../../http/sending';
import { ProblemTexts } from '../../i18n/problem-texts';
import { Texts } from '../../i18n/texts';
import { CallNote } from '../../ui/call-note';
import { focusFirstError } from '../../ui/focus-first-error';
import { ErasuresApi, type FoundPerson } from './erasures-api';

/** Asks for one person by phone, e-mail or both. Nothing that is typed gets into an address or a storage. */
@Component({
  selector: 'ponte-person-form',
  imports: [CallNote, MatButtonModule, MatFormFieldModule, MatInputModule, ReactiveFormsModule],
  templateUrl: './person-form.html',
  styles: `
    form {
      display: grid;
      gap: 1rem;
    }
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
      gap: 1rem;
      align-items: start;
    }
    .missing {
      color: var(--mat-sys-error);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PersonForm {
  private readonly api = inject(ErasuresApi);
  private readonly problemTexts = inject(ProblemTexts);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();
  protected readonly form = inject(NonNullableFormBuilder).group(
    { phone_number: [''], email: [''] },
    { validators: (group: AbstractControl) => (isBlank(group) ? { missing: true } : null) },
  );

  readonly accountId = input.required<number>();
  readonly found = output<FoundPerson>();

  /** After the person was erased: their number does not stay on the screen. */
  clear(): void {
    this.form.reset();
    this.sending.reset();
  }

  protected error(field: 'phone_number' | 'email'): string {
    const code: unknown = this.form.controls[field].getError('code');
    return typeof code === 'string' ? this.problemTexts.ofField(code) : '';
  }

  protected async find(): Promise<void> {
    const isDone = await this.sending.send(this.form, async () => {
      const asked = this.asked();
      const data = await firstValueFrom(this.api.find(this.accountId(), asked));
      this.found.emit({ asked, data });
    });
    if (this.form.hasError('missing')) this.host.nativeElement.querySelector('input')?.focus();
    const problem = this.sending.problem();
    if (isDone || problem?.code !== 'request_invalid') return;
    this.showIssues(problem);
    focusFirstError(this.host.nativeElement);
  }

  private asked(): FindPerson {
    const { phone_number, email } = this.form.getRawValue();
    return {
      ...(phone_number.trim() !== '' && { phone_number: phone_number.trim() }),
      ...(email.trim() !== '' && { email: email.trim() }),
    };
  }

  private showIssues({ issues }: CallProblem): void {
    for (const { field, code } of issues) this.form.get(field)?.setErrors({ code });
  }
}

function isBlank(group: AbstractControl): boolean {
  return ['phone_number', 'email'].every((name) => String(group.get(name)?.value ?? '').trim() === '');
}
