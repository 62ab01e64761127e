import { lchown, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Gives a folder and all that is in it to one user and the group of the same number; links are not followed. */
export async function chownTree(directory: string, owner: number): Promise<void> {
  await lchown(directory, owner, owner);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), owner, owner);
  }
}
