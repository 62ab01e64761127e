import * as z from 'zod/mini';
import { idSchema, pageQuery, personSchema, timestampSchema } from './common';
import { paramsSchema } from './problems';
import { requestObject } from './request';

/** Everything that is written into the audit. An action is never renamed or given another meaning. */
export const AUDIT_ACTIONS = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'session_ended',
  'password_changed',
  'password_check_failed',
  'password_reset_requested',
  'password_reset',
  'second_factor_turned_on',
  'second_factor_turned_off',
  'recovery_codes_made',
  'recovery_code_used',
  'access_token_created',
  'access_token_revoked',
  'profile_changed',
  'profile_deleted',
  'account_created',
  'account_changed',
  'account_deleted',
  'member_invited',
  'invitation_sent_again',
  'invitation_revoked',
  'invitation_declined',
  'member_added',
  'member_removed',
  'member_left',
  'role_changed',
  'contact_created',
  'contact_changed',
  'contact_deleted',
  'import_created',
  'import_refused',
  'import_dry_run',
  'import_cancelled',
  'import_ended',
  'import_deleted',
  'mapping_saved',
  'rejected_rows_downloaded',
  'export_created',
  'export_ended',
  'export_downloaded',
  'export_deleted',
  'person_searched',
  'erasure_begun',
  'person_erased',
  'erasure_lifted',
  'audit_downloaded',
  'request_refused',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** How the actor was known: a browser's session, a program's token, the service itself, or not at all. */
export const AUDIT_WAYS = ['session', 'token', 'service', 'anonymous'] as const;
export type AuditWay = (typeof AUDIT_WAYS)[number];

export const auditEventSchema = z.object({
  id: idSchema,
  action: z.enum(AUDIT_ACTIONS),
  /** Null when nobody was known, or the person was deleted. */
  actor: z.nullable(personSchema),
  via: z.enum(AUDIT_WAYS),
  /** Network address of the request; null for what the service did by itself. */
  address: z.nullable(z.string()),
  /** Id of what it was done to: an import, an export, a contact, a user, a token. */
  subject_id: z.nullable(idSchema),
  /** How many contacts, rows or things it was about. */
  count: z.nullable(z.int()),
  details: paramsSchema,
  created_at: timestampSchema,
});
export type AuditEventView = z.infer<typeof auditEventSchema>;

export const auditFilter = {
  action: z.optional(z.enum(AUDIT_ACTIONS)),
  user_id: z.optional(z.coerce.number().check(z.int(), z.positive())),
  /** From this moment on. */
  since: z.optional(timestampSchema),
  /** Before this moment. */
  until: z.optional(timestampSchema),
};
export const auditFilterSchema = requestObject(auditFilter);
export type AuditFilter = z.infer<typeof auditFilterSchema>;
/** Newest first. */
export const listAuditSchema = requestObject({ ...pageQuery, ...auditFilter });
export type ListAudit = z.infer<typeof listAuditSchema>;
