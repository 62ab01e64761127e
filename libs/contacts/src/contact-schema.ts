import type { Contact, ContactInput } from './contact-fields';
import { checkContact } from './check-contact';

/** One problem in the words of Standard Schema: here the message is the rejection code. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly PropertyKey[] | undefined;
}

/** What `validate` answers: the checked value, or the issues. */
export type SchemaResult<Output> =
  { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/**
 * The part of Standard Schema version 1 (standardschema.dev) that forms and pipes call. Declared here in a few
 * lines because a dependency for one interface is not worth its line in the lock file; types are structural.
 */
export interface StandardSchema<Input, Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/**
 * `checkContact` as a Standard Schema, for Nest's `@Body({ schema })` and Angular's forms: the value is the checked
 * contact; an issue's `message` is its code and its `path` the field.
 */
export const contactSchema: StandardSchema<ContactInput, Contact> = {
  '~standard': {
    version: 1,
    vendor: 'ponte',
    validate: (value) => {
      const verdict = checkContact(value as ContactInput);
      if (verdict.ok) return { value: verdict.contact };
      return {
        issues: verdict.issues.map(({ code, field }) => ({
          message: code,
          path: field === null ? [] : [field],
        })),
      };
    },
  },
};
