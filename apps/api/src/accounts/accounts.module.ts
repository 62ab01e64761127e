import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users';
import { Account } from './account.entity';
import { Accounts } from './accounts';
import { AccountsController } from './accounts.controller';
import { Member } from './member.entity';
import { Members } from './members';

@Module({
  imports: [TypeOrmModule.forFeature([Account, Member]), UsersModule],
  controllers: [AccountsController],
  providers: [Accounts, Members],
  exports: [Accounts],
})
export class AccountsModule {}
