import { Module, type DynamicModule } from '@nestjs/common';
import { ContactsWorkerModule } from './contacts/contacts.worker.module';
import { RemoveDeletedAccounts } from './deletion';
import { ExportsWorkerModule } from './exports/exports.worker.module';
import { ImportsWorkerModule } from './imports/imports.worker.module';
import { InvitationsWorkerModule } from './invitations/invitations.worker.module';
import { PasswordResetsWorkerModule } from './password-resets/password-resets.worker.module';
import type { Config } from './platform/config/config';
import { ConfigModule } from './platform/config/config.module';
import { DatabaseModule } from './platform/database/database.module';
import { HealthModule } from './platform/health/health.module';
import { MailSenderModule } from './platform/mail/mail-sender.module';
import { QueueModule } from './platform/queue/queue.module';
import { RemoveAbandonedFiles } from './platform/storage/remove-abandoned-files';
import { Retention } from './retention';
import { StorageModule } from './platform/storage/storage.module';

/** Everything that works on runs: consumers and the sender of e-mails; and the copy for searches. */
@Module({})
export class WorkerAppModule {
  static for(config: Config): DynamicModule {
    return {
      module: WorkerAppModule,
      imports: [
        ConfigModule.for(config),
        DatabaseModule,
        QueueModule.for(config),
        StorageModule,
        HealthModule.for('worker'),
        ContactsWorkerModule,
        ImportsWorkerModule,
        ExportsWorkerModule,
        InvitationsWorkerModule,
        PasswordResetsWorkerModule,
        MailSenderModule,
      ],
      providers: [RemoveAbandonedFiles, RemoveDeletedAccounts, Retention],
    };
  }
}
