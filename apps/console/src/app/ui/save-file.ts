/** The browser has begun to write the file long before, in milliseconds. */
const SAVED = 60_000;

/** Gives a file to the person as a download. */
export function saveFile(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SAVED);
}
