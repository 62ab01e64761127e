/** After the thing that had the focus is gone, or a new page came: the keyboard goes on at the beginning of the content. */
export function focusContent(): void {
  document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
}
