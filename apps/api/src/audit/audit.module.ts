import { Module } from '@nestjs/common';
import { AuditEvents } from './audit-events';
import { AuditEventsController } from './audit-events.controller';
import { Refusals } from './refusals';

/** The audit over HTTP: reading it, and writing down what was refused. */
@Module({ controllers: [AuditEventsController], providers: [AuditEvents, Refusals] })
export class AuditModule {}
