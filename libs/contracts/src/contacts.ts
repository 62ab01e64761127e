import * as z from 'zod/mini';
import { idSchema, listSchema, pageQuery, timestampSchema } from './common';
import { PAGE_LIMITS } from './limits';

export const contactViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** E.164 with `+`. */
  phone_number: z.string(),
  email: z.nullable(z.string()),
  created_at: timestampSchema,
  updated_at: timestampSchema,
});
export type ContactView = z.infer<typeof contactViewSchema>;

const plainListSchema = listSchema(contactViewSchema);

export const contactListSchema = z.object({
  ...plainListSchema.shape,
  meta: z.object({
    ...plainListSchema.shape.meta.shape,
    /** False: there are at least `count`. A search of millions is not carried on only to be counted. */
    count_is_exact: z.boolean(),
  }),
});
export type ContactList = z.infer<typeof contactListSchema>;

/** Chatwoot's shape of one contact. */
export const contactAnswerSchema = z.object({ payload: contactViewSchema });
export const newContactAnswerSchema = z.object({ payload: z.object({ contact: contactViewSchema }) });

/**
 * What a program may send for a contact: text, judged by `checkContact` and not by this schema, so that the form, the
 * CSV and the API give one verdict.
 */
const cell = z.optional(z.nullable(z.string()));
export const contactBodySchema = z.object({ name: cell, phone_number: cell, email: cell });
export type ContactBody = z.infer<typeof contactBodySchema>;

/** A minus in front sorts downwards. */
export const CONTACT_SORTS = [
  'name',
  '-name',
  'phone_number',
  '-phone_number',
  'email',
  '-email',
  'created_at',
  '-created_at',
] as const;
export const contactSortSchema = z.enum(CONTACT_SORTS);
export type ContactSort = z.infer<typeof contactSortSchema>;

export const listContactsSchema = z.object({
  ...pageQuery,
  sort: z._default(contactSortSchema, 'name'),
  q: z._default(z.string().check(z.maxLength(255)), ''),
  /** Only the contacts that this import created or changed. */
  import_id: z.optional(z.coerce.number().check(z.int(), z.positive())),
});
export type ListContacts = z.infer<typeof listContactsSchema>;

/** A search whose words must not stand in an address; numbers as JSON numbers. */
export const searchContactsSchema = z.object({
  page: z._default(z.int().check(z.gte(1), z.lte(10_000_000)), 1),
  per_page: z._default(z.int().check(z.gte(1), z.lte(PAGE_LIMITS.max)), PAGE_LIMITS.default),
  sort: z._default(contactSortSchema, 'name'),
  q: z._default(z.string().check(z.maxLength(255)), ''),
  import_id: z.optional(z.nullable(idSchema)),
});
export type SearchContacts = z.infer<typeof searchContactsSchema>;

export const FILTER_OPERATORS = [
  'equal_to',
  'not_equal_to',
  'contains',
  'does_not_contain',
  'starts_with',
  'is_present',
  'is_not_present',
  'is_greater_than',
  'is_less_than',
  'days_before',
] as const;

/** One condition in Chatwoot's words; `query_operator` joins it to the next one, left to right. */
export const filterConditionSchema = z.object({
  attribute_key: z.enum(['name', 'phone_number', 'email', 'created_at']),
  filter_operator: z.enum(FILTER_OPERATORS),
  values: z._default(
    z.union([
      z.array(z.union([z.string().check(z.maxLength(255)), z.number()])).check(z.maxLength(100)),
      z.string().check(z.maxLength(255)),
      z.number(),
      z.null(),
    ]),
    [],
  ),
  query_operator: z.optional(z.nullable(z.enum(['and', 'or', 'AND', 'OR']))),
});
export type FilterCondition = z.infer<typeof filterConditionSchema>;

export const filterContactsSchema = z.object({
  payload: z.array(filterConditionSchema).check(z.maxLength(20)),
});
export type FilterContacts = z.infer<typeof filterContactsSchema>;
