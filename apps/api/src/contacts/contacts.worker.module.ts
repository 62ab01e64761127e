import { Module } from '@nestjs/common';
import { CopyForSearch } from './copy-for-search';

/** Contacts in a worker process. */
@Module({ providers: [CopyForSearch] })
export class ContactsWorkerModule {}
