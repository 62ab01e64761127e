import { OPTIONAL_REPAIRS } from '@ponte/contacts';
import type { RepairGroup, Review } from '../wizard-types';

/**
 * The repairs in the order in which they are shown: most rows first, suggestions at the end. Numbers without an area code
 * have their card before anybody has said which one it is.
 */
export function repairCards(review: Review | null): readonly RepairGroup[] {
  if (review === null) return [];
  const needed = review.repairs.filter(({ rows }) => rows > 0);
  const problem = review.problems.find(({ code }) => code === 'phone_needs_area_code');
  const isAsked = problem !== undefined && !needed.some(({ code }) => code === 'phone_add_area_code');
  const asked: RepairGroup[] = isAsked
    ? [{ code: 'phone_add_area_code', rows: problem.rows, examples: [] }]
    : [];
  const isOptional = ({ code }: RepairGroup) => Number(OPTIONAL_REPAIRS.includes(code));
  return [...needed, ...asked].sort((a, b) => isOptional(a) - isOptional(b) || b.rows - a.rows);
}
