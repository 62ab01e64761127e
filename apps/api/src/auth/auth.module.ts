import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts';
import { UsersModule } from '../users';
import { AccessToken } from './access-token.entity';
import { AccessTokens } from './access-tokens';
import { AuthController } from './auth.controller';
import { AuthenticationGuard } from './authentication.guard';
import { ProfileController } from './profile.controller';
import { Session } from './session.entity';
import { Sessions } from './sessions';

@Module({
  imports: [TypeOrmModule.forFeature([Session, AccessToken]), UsersModule, AccountsModule],
  controllers: [AuthController, ProfileController],
  providers: [Sessions, AccessTokens, { provide: APP_GUARD, useClass: AuthenticationGuard }],
  exports: [Sessions, AccessTokens],
})
export class AuthModule {}
