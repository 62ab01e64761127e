import * as z from 'zod/mini';
import { nearestOf } from './nearest';

/**
 * An object that a request may hold, at any depth: a member that it does not name is refused, so that a typing error never
 * does something else than was asked for. `routes.spec.ts` proves that every object of every request is made by this.
 */
export const requestObject = z.strictObject;

type Schema = z.core.$ZodType;

/** What a schema wraps, or itself. */
function unwrapped(schema: Schema): Schema {
  const isWrapper =
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodNullable ||
    schema instanceof z.core.$ZodDefault;
  return isWrapper ? unwrapped(schema._zod.def.innerType) : schema;
}

/** The objects that a schema may hold directly, each with the members that it names. */
function objectsOf(schema: Schema): z.core.$ZodObject[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.core.$ZodObject) return [inner];
  return inner instanceof z.core.$ZodUnion ? inner._zod.def.options.flatMap(objectsOf) : [];
}

function itemsOf(schema: Schema): Schema[] {
  const inner = unwrapped(schema);
  if (inner instanceof z.core.$ZodArray) return [inner._zod.def.element];
  return inner instanceof z.core.$ZodUnion ? inner._zod.def.options.flatMap(itemsOf) : [];
}

/** The members that a request may have at a path of names and positions, such as `['payload', 0]`. */
export function membersAt(schema: Schema, path: readonly PropertyKey[]): string[] {
  let found = [schema];
  for (const part of path) {
    found = found.flatMap((each) =>
      typeof part === 'number'
        ? itemsOf(each)
        : objectsOf(each).flatMap((object) => object._zod.def.shape[String(part)] ?? []),
    );
  }
  return found.flatMap(objectsOf).flatMap((object) => Object.keys(object._zod.def.shape));
}

/** The known member that an unknown one at a path looks like, if there is one. */
export function nearestMember(
  schema: Schema,
  path: readonly PropertyKey[],
  member: string,
): string | undefined {
  return nearestOf(member, membersAt(schema, path));
}
