import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountsModule } from '../accounts';
import { AccountGuard } from './account.guard';

/** Imported after authentication: guards run in the order in which their modules are listed. */
@Module({ imports: [AccountsModule], providers: [{ provide: APP_GUARD, useClass: AccountGuard }] })
export class PermissionsModule {}
