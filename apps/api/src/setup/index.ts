import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts';
import { UsersModule } from '../users';
import { FirstPeople } from './first-people';

/** Makes a new installation usable: somebody has to be able to sign in. */
@Module({ imports: [UsersModule, AccountsModule], providers: [FirstPeople] })
export class SetupModule {}
