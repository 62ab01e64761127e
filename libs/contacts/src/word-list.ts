/** Words and phrases out of a text in which commas part them: long lists stay readable as prose. */
export function wordList(text: string): ReadonlySet<string> {
  return new Set(text.split(',').map((word) => word.trim()));
}
