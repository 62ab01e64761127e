import * as z from 'zod/mini';
import { PAGE_LIMITS } from './limits';
import { requestObject } from './request';

/** The languages every text exists in; the first is the default. */
export const LOCALES = ['pt-BR', 'en', 'es'] as const;
export type Locale = (typeof LOCALES)[number];
export const localeSchema = z.enum(LOCALES);

export const ROLES = ['administrator', 'agent'] as const;
export type Role = (typeof ROLES)[number];
export const roleSchema = z.enum(ROLES);

/**
 * Half of a surrogate pair, or a NUL: JSON can carry them, and PostgreSQL cannot hold them. A check of every text that is
 * stored or looked for as it was sent.
 */
const UNSTORABLE = /[\p{Cs}\0]/u;
export const storable = () => z.refine<string>((text) => !UNSTORABLE.test(text));

/** Database ids are positive integers that a JSON number holds exactly. */
export const idSchema = z.int().check(z.positive());

/** ISO 8601 in UTC, for example `2026-03-12T14:05:09.120Z`. No year 0: PostgreSQL has none. */
export const timestampSchema = z.iso.datetime().check(z.regex(/^(?!0000)/));

const pageNumber = (fallback: number, max: number) =>
  z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(max)), fallback);

/** Paging of every list: `page` from 1, `per_page` 15 by default and 100 at most. */
export const pageQuery = {
  page: pageNumber(1, 10_000_000),
  per_page: pageNumber(PAGE_LIMITS.default, PAGE_LIMITS.max),
};

export const pageQuerySchema = requestObject(pageQuery);

/** The shape of every list: how many there are in all, which page this is, and the page. */
export function listSchema<Item extends z.ZodMiniType>(item: Item) {
  return z.object({
    meta: z.object({ count: z.int(), current_page: z.int() }),
    payload: z.array(item),
  });
}

export interface List<Item> {
  meta: { count: number; current_page: number };
  payload: Item[];
}

export const personSchema = z.object({ id: idSchema, name: z.string() });
