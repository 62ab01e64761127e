import * as z from 'zod/mini';
import { idSchema, listSchema, pageQuery, storable, timestampSchema } from './common';
import { FILTER_LIMITS, PAGE_LIMITS } from './limits';
import { requestObject } from './request';

/** A text that contacts are searched for. */
export const searchedText = z.string().check(z.maxLength(FILTER_LIMITS.valueLength), storable());

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
export const contactBodySchema = requestObject({ name: cell, phone_number: cell, email: cell });
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

export const listContactsSchema = requestObject({
  ...pageQuery,
  sort: z._default(contactSortSchema, 'name'),
  q: z._default(searchedText, ''),
  /** Only the contacts that this import created or changed. */
  import_id: z.optional(z.coerce.number().check(z.int(), z.positive())),
});
export type ListContacts = z.infer<typeof listContactsSchema>;

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
export const filterConditionSchema = requestObject({
  attribute_key: z.enum(['name', 'phone_number', 'email', 'created_at']),
  filter_operator: z.enum(FILTER_OPERATORS),
  values: z._default(
    z.union([
      z.array(z.union([searchedText, z.number()])).check(z.maxLength(FILTER_LIMITS.values)),
      searchedText,
      z.number(),
      z.null(),
    ]),
    [],
  ),
  query_operator: z.optional(z.nullable(z.enum(['and', 'or', 'AND', 'OR']))),
});
export type FilterCondition = z.infer<typeof filterConditionSchema>;

/** How many values all conditions have together: each is looked for in every contact that is looked at. */
function countFilterValues(conditions: readonly FilterCondition[]): number {
  return conditions.reduce((sum, { values }) => sum + (Array.isArray(values) ? values.length : 1), 0);
}

export const filterConditionsSchema = z.array(filterConditionSchema).check(
  z.maxLength(FILTER_LIMITS.conditions),
  z.refine((conditions) => countFilterValues(conditions) <= FILTER_LIMITS.values, {
    params: { code: 'too_many' },
  }),
);

export const filterContactsSchema = requestObject({ payload: filterConditionsSchema });
export type FilterContacts = z.infer<typeof filterContactsSchema>;

/** The list with its words in the body, so that no address holds them; numbers as JSON numbers. */
export const searchContactsSchema = requestObject({
  page: z._default(z.int().check(z.gte(1), z.lte(10_000_000)), 1),
  per_page: z._default(z.int().check(z.gte(1), z.lte(PAGE_LIMITS.max)), PAGE_LIMITS.default),
  sort: z._default(contactSortSchema, 'name'),
  q: z._default(searchedText, ''),
  import_id: z.optional(z.nullable(idSchema)),
  payload: z._default(filterConditionsSchema, []),
});
export type SearchContacts = z.infer<typeof searchContactsSchema>;
