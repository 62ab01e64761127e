import {
  booleanAttribute,
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import type { SecondFactorSetup } from '@ponte/contracts';
import { firstValueFrom } from 'rxjs';
import { sending } from '../../http/sending';
import { Texts } from '../../i18n/texts';
import { CallNote } from '../../ui/call-note';
import { PasswordBox } from '../../ui/password-box';
import { SecretNote } from '../../ui/secret-note';
import { CodeBox } from './code-box';
import { QrCode } from './qr-code';
import { RecoveryCodesList } from './recovery-codes';
import { SecondFactorApi } from './second-factor-api';

/** Turns on the second factor: password, then QR code and first code, then the recovery codes. */
@Component({
  selector: 'ponte-second-factor-setup',
  imports: [
    CallNote,
    CodeBox,
    MatButtonModule,
    PasswordBox,
    QrCode,
    ReactiveFormsModule,
    RecoveryCodesList,
    SecretNote,
  ],
  templateUrl: './second-factor-setup.html',
  styleUrl: './second-factor-setup.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SecondFactorSetupSteps {
  private readonly api = inject(SecondFactorApi);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly forms = inject(NonNullableFormBuilder);
  protected readonly t = inject(Texts).t;
  protected readonly sending = sending();
  protected readonly passwordForm = this.forms.group({ password: ['', Validators.required] });
  protected readonly codeForm = this.forms.group({ code: ['', Validators.required] });
  protected readonly setup = signal<SecondFactorSetup | null>(null);
  protected readonly codes = signal<readonly string[] | null>(null);

  readonly canCancel = input(false, { transform: booleanAttribute });
  readonly cancelled = output();
  /** It is on, and its recovery codes are on the screen. */
  readonly turnedOn = output();
  /** The codes were kept. */
  readonly done = output();

  protected async begin(): Promise<void> {
    const { password } = this.passwordForm.getRawValue();
    const isDone = await this.sending.send(this.passwordForm, async () =>
      this.setup.set(await firstValueFrom(this.api.begin(password))),
    );
    if (isDone) this.next('input');
  }

  protected async confirm(): Promise<void> {
    const { code } = this.codeForm.getRawValue();
    const isDone = await this.sending.send(this.codeForm, async () =>
      this.codes.set((await firstValueFrom(this.api.confirm(code))).recovery_codes),
    );
    if (!isDone) return;
    this.turnedOn.emit();
    this.next('[tabindex="-1"]');
  }

  private next(focused: string): void {
    this.sending.reset();
    setTimeout(() => this.host.querySelector<HTMLElement>(focused)?.focus());
  }
}
