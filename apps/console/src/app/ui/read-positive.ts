/** A page or an id from the address, where anything may stand; null when it is none. */
export function readPositive(text: string | undefined): number | null {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}
