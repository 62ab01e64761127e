import type { ContactSort } from '@ponte/contracts';

export type SortKey = 'name' | 'phone_number' | 'email' | 'created_at';

export interface Order {
  key: SortKey;
  direction: 'ASC' | 'DESC';
}

export function readOrder(sort: ContactSort): Order {
  return { key: sort.replace('-', '') as SortKey, direction: sort.startsWith('-') ? 'DESC' : 'ASC' };
}

/**
 * `order by` of a list; the id makes the order of equals the same on every page. Among contacts that all have an e-mail
 * `withoutEmail` is none: the index knows no other order of nulls than its own.
 */
export function contactOrder(
  { key, direction }: Order,
  withoutEmail: 'NULLS LAST' | '' = 'NULLS LAST',
): string {
  switch (key) {
    case 'phone_number':
      // No two contacts of an account have the same, and the index ends here.
      return `phone_number ${direction}`;
    case 'email':
      return `lower(email) ${direction} ${withoutEmail}, id ${direction}`;
    case 'created_at':
      return `created_at ${direction}, id ${direction}`;
    default:
      return `ponte_fold(name) ${direction}, id ${direction}`;
  }
}
