import type { PlannedRow } from './plan-rows';
import type { Random } from './random';

/**
 * The same rows in a random order, except that rows of one phone stay in theirs: what comes of each, and of the file,
 * is then what it was. Holds them all.
 */
export function shuffleRows(planned: Iterable<PlannedRow>, random: Random): PlannedRow[] {
  const places = [...planned].map((row, index) => ({ row, index }));
  for (let last = places.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const [a, b] = [places[last], places[other]];
    if (a !== undefined && b !== undefined) [places[last], places[other]] = [b, a];
  }
  for (const same of groupByPhone(places)) {
    const inOrder = same.map(({ row, index }) => ({ row, index })).sort((a, b) => a.index - b.index);
    same.forEach((place, at) => Object.assign(place, inOrder[at]));
  }
  return places.map(({ row }) => row);
}

/** Groups of two or more, each in the order in which its places come. */
function groupByPhone<Place extends { readonly row: PlannedRow }>(places: readonly Place[]): Place[][] {
  const groups = new Map<string, Place[]>();
  const repeated = new Set<string>();
  for (const place of places) {
    const { outcome } = place.row;
    if (outcome.kind === 'failed') continue;
    const phone = outcome.after.phone_number;
    const group = groups.get(phone);
    if (group === undefined) groups.set(phone, [place]);
    else {
      group.push(place);
      repeated.add(phone);
    }
  }
  return [...repeated].map((phone) => groups.get(phone) ?? []);
}
