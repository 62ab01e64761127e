import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { nearestMember, type FieldIssue } from '@ponte/contracts';
import * as z from 'zod/mini';
import { RequestProblem } from './request-problem';

/** Half of a surrogate pair, or a NUL: JSON can carry them, and PostgreSQL cannot hold them. */
const UNSTORABLE = /[\p{Cs}\0]/u;

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
  if (!result.success)
    throw requestInvalid(result.error.issues.flatMap((issue) => fieldIssues(schema, issue, prefix)));
  const fields = unstorableTexts(result.data).map((path) => [...prefix, ...path].join('.'));
  if (fields.length > 0) throw requestInvalid(fields.map((field) => ({ field, code: 'invalid' })));
  return result.data;
}

interface Place {
  readonly value: unknown;
  readonly name: string;
  readonly parent: Place | null;
}

/** Where texts stand that are `UNSTORABLE`. */
function unstorableTexts(root: unknown): string[][] {
  const found: string[][] = [];
  const open: Place[] = [{ value: root, name: '', parent: null }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value } = place;
    if (typeof value === 'string' && UNSTORABLE.test(value)) found.push(pathOf(place));
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) open.push({ value: inner, name, parent: place });
  }
  return found;
}

function pathOf(place: Place): string[] {
  const path: string[] = [];
  for (let at = place; at.parent !== null; at = at.parent) path.unshift(at.name);
  return path;
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
