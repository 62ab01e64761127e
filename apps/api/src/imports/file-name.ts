const MAX_LENGTH = 255;

/** Characters that act instead of being shown: controls, and marks that turn the direction of text. */
const ACTING = /[\p{Cc}\p{Cf}]/gu;

/**
 * A name to show for an uploaded file. It is never a path: files are stored under names of our own. What a browser or a
 * script sent along (folders, control characters, endless names) is taken off.
 */
export function cleanFileName(sent: string | undefined): string {
  const base = (sent ?? '').split(/[\\/]/).at(-1) ?? '';
  const shown = [...base.replace(ACTING, '').trim()].slice(0, MAX_LENGTH).join('');
  return shown === '' || shown === '.' || shown === '..' ? 'contacts.csv' : shown;
}
