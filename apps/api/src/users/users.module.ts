import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { User } from './user.entity';
import { Users } from './users';

@Module({ imports: [TypeOrmModule.forFeature([User])], providers: [Users], exports: [Users] })
export class UsersModule {}
