export { recordAudit } from './audit';
