export {
  AUDIT_ACTIONS,
  type AuditAction,
  type AuditEntry,
  type AuditLine,
  type AuditSubject,
  OPERATOR,
  TANDEM,
} from './domain/audit.ts';
export { type AuditStore, createAuditStore } from './store/audit.ts';
