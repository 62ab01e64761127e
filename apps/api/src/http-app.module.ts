import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from './accounts';
import { AuditModule } from './audit';
import { AuthModule } from './auth';
import { ContactsModule } from './contacts';
import { DeletionModule } from './deletion';
import { ErasuresModule } from './erasures';
import { ExportsModule } from './exports';
import { ImportsModule } from './imports';
import { InvitationsModule } from './invitations';
import { PasswordResetsModule } from './password-resets';
import { PermissionsModule } from './permissions';
import type { Config } from './platform/config/config';
import { ConfigModule } from './platform/config/config.module';
import { DatabaseModule } from './platform/database/database.module';
import { HealthModule } from './platform/health/health.module';
import { DocsController } from './platform/http/docs.controller';
import { CaughtMailModule } from './platform/mail/caught-mail.module';
import { QueueModule } from './platform/queue/queue.module';
import { StorageModule } from './platform/storage/storage.module';
import { SetupModule } from './setup';

/** Everything that answers HTTP. Authentication comes before permissions: guards run in this order. */
@Module({})
export class HttpAppModule {
  static for(config: Config): DynamicModule {
    return {
      module: HttpAppModule,
      imports: [
        ConfigModule.for(config),
        DatabaseModule,
        QueueModule.for(config),
        StorageModule,
        HealthModule.for('http'),
        AuthModule,
        PermissionsModule,
        AccountsModule,
        InvitationsModule,
        PasswordResetsModule,
        AuditModule,
        ContactsModule,
        ImportsModule,
        ExportsModule,
        ErasuresModule,
        DeletionModule,
        SetupModule,
        ...(config.caughtMailDirectory === null ? [] : [CaughtMailModule]),
      ],
      controllers: [DocsController],
    };
  }
}
