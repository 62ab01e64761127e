import { Module } from '@nestjs/common';
import { AuthModule } from '../auth';
import { Deletions } from './deletions';
import { DeletionsController } from './deletions.controller';

@Module({ imports: [AuthModule], controllers: [DeletionsController], providers: [Deletions] })
export class DeletionModule {}
