import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts';
import { UsersModule } from '../users';
import { AccessToken } from './access-token.entity';
import { AccessTokens } from './access-tokens';
import { AccessTokensController } from './access-tokens.controller';
import { AuthController } from './auth.controller';
import { AuthenticationGuard } from './authentication.guard';
import { ChangePassword } from './change-password';
import { Credentials } from './credentials';
import { KnownBrowsers } from './known-browsers';
import { LiveAccess } from './live-access';
import { ProfileController } from './profile.controller';
import { RemoveOldSignIns } from './remove-old-sign-ins';
import { SecondFactor } from './second-factor/second-factor';
import { SecondFactorController } from './second-factor/second-factor.controller';
import { Sessions } from './sessions';
import { SessionsController } from './sessions.controller';
import { SignInLimits } from './sign-in-limits';

@Module({
  imports: [TypeOrmModule.forFeature([AccessToken]), UsersModule, AccountsModule],
  controllers: [
    AuthController,
    ProfileController,
    SessionsController,
    AccessTokensController,
    SecondFactorController,
  ],
  providers: [
    Sessions,
    KnownBrowsers,
    AccessTokens,
    SecondFactor,
    Credentials,
    SignInLimits,
    ChangePassword,
    LiveAccess,
    RemoveOldSignIns,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
  ],
  exports: [Sessions, AccessTokens, SecondFactor, Credentials, LiveAccess],
})
export class AuthModule {}
