export { recordAudit } from './audit';
export { AuditModule } from './audit.module';
export { verifyAudit, type ChainHead } from './verify-audit';
