import { Body, Controller, Delete, HttpCode, Post, Req } from '@nestjs/common';
import {
  currentPasswordSchema,
  secondFactorCodeSchema,
  turnOffSecondFactorSchema,
  type CurrentPassword,
  type RecoveryCodes,
  type SecondFactorCode,
  type SecondFactorSetup,
  type TurnOffSecondFactor,
} from '@ponte/contracts';
import { SignedIn, type Caller, type PonteRequest } from '../../platform/http/caller';
import { Credentials } from '../credentials';
import { SecondFactor } from './second-factor';

@Controller('profile/second_factor')
export class SecondFactorController {
  constructor(
    private readonly credentials: Credentials,
    private readonly secondFactor: SecondFactor,
  ) {}

  @Post()
  @HttpCode(200)
  async begin(
    @SignedIn() caller: Caller,
    @Body({ schema: currentPasswordSchema }) body: CurrentPassword,
    @Req() request: PonteRequest,
  ): Promise<SecondFactorSetup> {
    await this.credentials.checkPassword(caller, request, body.current_password);
    return this.secondFactor.begin(caller);
  }

  @Post('confirm')
  @HttpCode(200)
  confirm(
    @SignedIn() caller: Caller,
    @Body({ schema: secondFactorCodeSchema }) { code }: SecondFactorCode,
    @Req() request: PonteRequest,
  ): Promise<RecoveryCodes> {
    return this.credentials.guarded(caller, request, () => this.secondFactor.confirm(caller, code));
  }

  @Post('recovery_codes')
  @HttpCode(200)
  async renewRecoveryCodes(
    @SignedIn() caller: Caller,
    @Body({ schema: secondFactorCodeSchema }) { code }: SecondFactorCode,
    @Req() request: PonteRequest,
  ): Promise<RecoveryCodes> {
    await this.credentials.checkOwnCode(caller, request, code);
    return this.secondFactor.renewRecoveryCodes(caller);
  }

  @Delete()
  @HttpCode(204)
  async turnOff(
    @SignedIn() caller: Caller,
    @Body({ schema: turnOffSecondFactorSchema }) body: TurnOffSecondFactor,
    @Req() request: PonteRequest,
  ): Promise<void> {
    await this.credentials.checkPasswordAndCode(caller, request, body);
    await this.secondFactor.turnOff(caller);
  }
}
