/** The same text without the piece of the file that it was cut from, which would stay in memory with it. */
export function detached(text: string): string {
  return Buffer.from(text).toString();
}
