import { Module } from '@nestjs/common';
import { Deletions } from './deletions';
import { DeletionsController } from './deletions.controller';

@Module({ controllers: [DeletionsController], providers: [Deletions] })
export class DeletionModule {}
