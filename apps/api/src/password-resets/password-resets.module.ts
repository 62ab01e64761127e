import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { AuthModule } from '../auth';
import { UsersModule } from '../users';
import { PasswordResets } from './password-resets';
import { PasswordResetsController } from './password-resets.controller';

/** How a forgotten password is replaced. */
@Module({
  imports: [AccountsModule, AuthModule, UsersModule],
  controllers: [PasswordResetsController],
  providers: [PasswordResets],
})
export class PasswordResetsModule {}
