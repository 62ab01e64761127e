/**
 * Groups in the order in which they were first seen, so that a fix does not shuffle what somebody is reading. What is gone
 * from the present ones is made by `gone`: kept with nothing in it, or dropped where that answers null.
 */
export function inKnownOrder<Group>(
  known: readonly Group[],
  present: readonly Group[],
  keyOf: (group: Group) => string,
  gone: (group: Group) => Group | null,
): readonly Group[] {
  const byKey = new Map(present.map((group) => [keyOf(group), group]));
  const kept = known.map((group) => byKey.get(keyOf(group)) ?? gone(group)).filter((group) => group !== null);
  const knownKeys = new Set(known.map(keyOf));
  return [...kept, ...present.filter((group) => !knownKeys.has(keyOf(group)))];
}
