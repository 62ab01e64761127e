import * as z from 'zod/mini';
import * as auth from './auth';
import * as contacts from './contacts';
import * as runs from './runs';
import { listSchema, pageQuerySchema } from './common';

/** Who may call a route: nobody special, anyone signed in, any member of the account, or its administrators. */
export type Audience = 'public' | 'signed_in' | 'member' | 'administrator';

/** One route of the API, declared once: the documentation is made from it and a test compares it with the server. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI notation below `/api/v1`. */
  path: string;
  audience: Audience;
  summary: string;
  query?: z.ZodMiniType;
  body?: z.ZodMiniType;
  /** Name of the file part of a multipart body. */
  file?: string;
  /** Status and body of the good answer. */
  status: number;
  answer?: z.ZodMiniType;
  /** Media types of a good answer that is no JSON. */
  media?: readonly string[];
}

const account = '/accounts/{account_id}';
const csv = 'text/csv';

/** Media type of an XLSX file. */
export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The whole HTTP surface below `/api/v1`. */
export const ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/auth/sign_in',
    audience: 'public',
    summary: 'Sign in; sets the session cookie',
    body: auth.signInSchema,
    status: 200,
    answer: auth.profileSchema,
  },
  { method: 'post', path: '/auth/sign_out', audience: 'public', summary: 'Sign out', status: 204 },
  {
    method: 'get',
    path: '/profile',
    audience: 'signed_in',
    summary: 'Who is signed in, and their accounts',
    status: 200,
    answer: auth.profileSchema,
  },
  {
    method: 'patch',
    path: '/profile',
    audience: 'signed_in',
    summary: 'Change name, language or password',
    body: auth.updateProfileSchema,
    status: 200,
    answer: auth.profileSchema,
  },
  {
    method: 'get',
    path: '/profile/access_tokens',
    audience: 'signed_in',
    summary: 'Access tokens of the caller',
    status: 200,
    answer: listSchema(auth.accessTokenSchema),
  },
  {
    method: 'post',
    path: '/profile/access_tokens',
    audience: 'signed_in',
    summary: 'Make an access token; it is answered once',
    body: auth.createAccessTokenSchema,
    status: 201,
    answer: auth.newAccessTokenSchema,
  },
  {
    method: 'delete',
    path: '/profile/access_tokens/{id}',
    audience: 'signed_in',
    summary: 'Revoke an access token',
    status: 204,
  },
  {
    method: 'post',
    path: '/accounts',
    audience: 'signed_in',
    summary: 'Make an account; the caller becomes its administrator',
    body: auth.createAccountSchema,
    status: 201,
    answer: auth.accountSchema,
  },
  {
    method: 'get',
    path: `${account}/members`,
    audience: 'member',
    summary: 'Members',
    query: pageQuerySchema,
    status: 200,
    answer: listSchema(auth.memberSchema),
  },
  {
    method: 'post',
    path: `${account}/members`,
    audience: 'administrator',
    summary: 'Add a member',
    body: auth.createMemberSchema,
    status: 201,
    answer: auth.newMemberSchema,
  },
  {
    method: 'patch',
    path: `${account}/members/{id}`,
    audience: 'administrator',
    summary: 'Change a role',
    body: auth.updateMemberSchema,
    status: 200,
    answer: auth.memberSchema,
  },
  {
    method: 'delete',
    path: `${account}/members/{id}`,
    audience: 'administrator',
    summary: 'Remove a member',
    status: 204,
  },
  {
    method: 'get',
    path: `${account}/contacts`,
    audience: 'member',
    summary: 'List contacts',
    query: contacts.listContactsSchema,
    status: 200,
    answer: contacts.contactListSchema,
  },
  {
    method: 'get',
    path: `${account}/contacts/search`,
    audience: 'member',
    summary: 'Search by name, phone in any notation, or e-mail',
    query: contacts.listContactsSchema,
    status: 200,
    answer: contacts.contactListSchema,
  },
  {
    method: 'post',
    path: `${account}/contacts/filter`,
    audience: 'member',
    summary: "Filter, in Chatwoot's words",
    query: contacts.listContactsSchema,
    body: contacts.filterContactsSchema,
    status: 200,
    answer: contacts.contactListSchema,
  },
  {
    method: 'post',
    path: `${account}/contacts`,
    audience: 'member',
    summary: 'Create a contact',
    body: contacts.contactBodySchema,
    status: 200,
    answer: contacts.newContactAnswerSchema,
  },
  {
    method: 'get',
    path: `${account}/contacts/{id}`,
    audience: 'member',
    summary: 'One contact',
    status: 200,
    answer: contacts.contactAnswerSchema,
  },
  {
    method: 'patch',
    path: `${account}/contacts/{id}`,
    audience: 'member',
    summary: 'Change a contact',
    body: contacts.contactBodySchema,
    status: 200,
    answer: contacts.contactAnswerSchema,
  },
  {
    method: 'delete',
    path: `${account}/contacts/{id}`,
    audience: 'administrator',
    summary: 'Delete a contact',
    status: 204,
  },
  {
    method: 'get',
    path: `${account}/contacts/import/sample`,
    audience: 'administrator',
    summary: 'A sample CSV that imports without an error',
    status: 200,
    media: [csv],
  },
  {
    method: 'get',
    path: `${account}/contacts/import/template`,
    audience: 'administrator',
    summary: 'A workbook to fill in, for the console',
    status: 200,
    media: [WORKBOOK_TYPE],
  },
  {
    method: 'post',
    path: `${account}/contacts/import`,
    audience: 'administrator',
    summary: "Import a CSV, Chatwoot's door",
    file: 'import_file',
    status: 200,
    answer: runs.importSchema,
  },
  {
    method: 'post',
    path: `${account}/contacts/export`,
    audience: 'administrator',
    summary: "Export contacts, Chatwoot's door",
    body: runs.chatwootExportSchema,
    status: 200,
    answer: runs.exportSchema,
  },
  {
    method: 'post',
    path: `${account}/imports`,
    audience: 'administrator',
    summary: 'Import a CSV; header Idempotency-Key',
    file: 'file',
    status: 202,
    answer: runs.importSchema,
  },
  {
    method: 'post',
    path: `${account}/imports/dry_run`,
    audience: 'administrator',
    summary: 'What an import of this CSV would do; writes nothing',
    file: 'file',
    status: 200,
    answer: runs.dryRunSchema,
  },
  {
    method: 'post',
    path: `${account}/import_mappings/find`,
    audience: 'administrator',
    summary: 'The mapping with which a file of this header was imported last',
    body: runs.findMappingSchema,
    status: 200,
    answer: runs.rememberedMappingSchema,
  },
  {
    method: 'put',
    path: `${account}/import_mappings`,
    audience: 'administrator',
    summary: 'Remember a mapping for files of this header',
    body: runs.saveMappingSchema,
    status: 200,
    answer: runs.rememberedMappingSchema,
  },
  {
    method: 'get',
    path: `${account}/imports`,
    audience: 'administrator',
    summary: 'History of imports',
    query: pageQuerySchema,
    status: 200,
    answer: runs.importListSchema,
  },
  {
    method: 'get',
    path: `${account}/imports/{id}`,
    audience: 'administrator',
    summary: 'One import',
    status: 200,
    answer: runs.importSchema,
  },
  {
    method: 'get',
    path: `${account}/imports/{id}/events`,
    audience: 'administrator',
    summary: 'Live progress; every event is the import',
    status: 200,
    media: ['text/event-stream'],
  },
  {
    method: 'get',
    path: `${account}/imports/{id}/rejected_rows`,
    audience: 'administrator',
    summary: 'Rows that were not imported, with reasons',
    query: pageQuerySchema,
    status: 200,
    answer: runs.rejectedRowListSchema,
  },
  {
    method: 'get',
    path: `${account}/imports/{id}/rejected_rows.csv`,
    audience: 'administrator',
    summary: 'The same as a CSV: original cells and the reasons',
    status: 200,
    media: [csv],
  },
  {
    method: 'post',
    path: `${account}/imports/{id}/cancel`,
    audience: 'administrator',
    summary: 'Stop an import; what was written stays',
    status: 202,
    answer: runs.importSchema,
  },
  {
    method: 'post',
    path: `${account}/exports`,
    audience: 'administrator',
    summary: 'Export contacts',
    body: runs.createExportSchema,
    status: 202,
    answer: runs.exportSchema,
  },
  {
    method: 'get',
    path: `${account}/exports`,
    audience: 'administrator',
    summary: 'History of exports',
    query: pageQuerySchema,
    status: 200,
    answer: runs.exportListSchema,
  },
  {
    method: 'get',
    path: `${account}/exports/{id}`,
    audience: 'administrator',
    summary: 'One export',
    status: 200,
    answer: runs.exportSchema,
  },
  {
    method: 'get',
    path: `${account}/exports/{id}/file`,
    audience: 'administrator',
    summary: 'The exported file, until it expires',
    status: 200,
    media: [csv, WORKBOOK_TYPE],
  },
];
