/** After a change of page or step: readers hear where they are, and the keyboard goes on from there. */
export function focusHeading(within: HTMLElement): void {
  setTimeout(() => within.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }));
}
