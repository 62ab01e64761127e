/** Finds one character in text that is read from its start to its end. */
export interface Finder {
  /** Begins another text. */
  read(text: string): void;
  /** Where the character is next, at `from` or behind; the text's length when it does not come again. */
  next(from: number): number;
}

/** Creates a finder. What was found is remembered until it is passed: each place is looked at once. */
export function createFinder(character: string): Finder {
  let text = '';
  let found = -1;
  return {
    read(next) {
      text = next;
      found = -1;
    },
    next(from) {
      if (found < from) {
        const at = text.indexOf(character, from);
        found = at < 0 ? text.length : at;
      }
      return found;
    },
  };
}
