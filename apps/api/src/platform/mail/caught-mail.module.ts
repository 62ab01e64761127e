import { Module } from '@nestjs/common';
import { CaughtMailController } from './caught-mail.controller';

/** Import it only when `config.caughtMailDirectory` is set, and leave its routes out of the API's prefix. */
@Module({ controllers: [CaughtMailController] })
export class CaughtMailModule {}
