import * as z from 'zod/mini';
import { idSchema, personSchema, timestampSchema } from './common';
import { requestObject } from './request';

/** One person, by phone number (in any notation that names one) or e-mail address or both. */
export const findPersonSchema = requestObject({
  phone_number: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(64))),
  email: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(254))),
});
export type FindPerson = z.infer<typeof findPersonSchema>;

/** Where the account keeps something of a person. */
export const ERASURE_PLACES = [
  'contacts',
  'rejected_rows',
  'stored_files',
  'export_files',
  'export_queries',
  'import_mappings',
  'outbox',
] as const;
export type ErasurePlace = (typeof ERASURE_PLACES)[number];

const count = z.int();
export const erasureCountsSchema = z.object({
  contacts: count,
  rejected_rows: count,
  stored_files: count,
  export_files: count,
  export_queries: count,
  import_mappings: count,
  outbox: count,
} satisfies Record<ErasurePlace, z.ZodMiniType>);
export type ErasureCounts = z.infer<typeof erasureCountsSchema>;

/** What is known of a person in this account: the counts, and the records themselves to hand out. */
export const personDataSchema = z.object({
  found: erasureCountsSchema,
  records: z.array(
    z.object({
      place: z.enum(ERASURE_PLACES),
      /** Id of the contact, import, export or e-mail; a mapping has none. */
      id: z.nullable(idSchema),
      data: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type PersonData = z.infer<typeof personDataSchema>;

/** An erasure. The person is known by a keyed hash only, by which later files and forms are kept from bringing them back. */
export const erasureSchema = z.object({
  id: idSchema,
  erased: erasureCountsSchema,
  /** Null when it was cut off before its end: the person is kept out, and has to be erased once more. */
  finished_at: z.nullable(timestampSchema),
  created_by: z.nullable(personSchema),
  created_at: timestampSchema,
});
export type ErasureView = z.infer<typeof erasureSchema>;
