import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { nearestMember, type FieldIssue } from '@ponte/contracts';
import * as z from 'zod/mini';
import { RequestProblem } from './request-problem';

/** A request with a thousand wrong members needs no thousand words about them. */
const MOST_ISSUES = 50;

/** Judges every `@Body({ schema })` and `@Query({ schema })`; what does not pass answers `request_invalid` by field. */
class SchemaValidation implements PipeTransform {
  transform(value: unknown, { schema }: ArgumentMetadata): unknown {
    return schema instanceof z.core.$ZodType ? parseRequest(schema, value) : value;
  }
}

export const schemaValidation = new SchemaValidation();

/** What a schema makes of a value. Throws `request_invalid`, with field names below `prefix`. */
export function parseRequest<Schema extends z.core.$ZodType>(
  schema: Schema,
  value: unknown,
  prefix: readonly string[] = [],
): z.output<Schema> {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  throw requestInvalid(result.error.issues.flatMap((issue) => fieldIssues(schema, issue, prefix)));
}

export function requestInvalid(issues: readonly FieldIssue[]): RequestProblem {
  return new RequestProblem('request_invalid', { issues: issues.slice(0, MOST_ISSUES) });
}

function fieldIssues(
  schema: z.core.$ZodType,
  issue: z.core.$ZodIssue,
  prefix: readonly string[],
): FieldIssue[] {
  const field = (...more: string[]) => [...prefix, ...issue.path, ...more].map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((member) => {
      const nearest = nearestMember(schema, issue.path, member);
      return { field: field(member), code: 'unknown', ...(nearest === undefined ? {} : { nearest }) };
    });
  }
  const code: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return [{ field: field(), code: typeof code === 'string' ? code : 'invalid' }];
}
