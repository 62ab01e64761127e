import type { Order } from './contact-order';

/** Which part of a list. */
export interface Page {
  order: Order;
  /** From 1. */
  page: number;
  perPage: number;
}

/** The ids of a page in their order, and how many there are in all, or at least. */
export interface Found {
  ids: number[];
  count: number;
  isExact: boolean;
}

export function pageSql({ page, perPage }: Page): string {
  return `LIMIT ${perPage} OFFSET ${(page - 1) * perPage}`;
}

/** How far the list must be known for the page to be full. */
export function pageEnd({ page, perPage }: Page): number {
  return page * perPage;
}
