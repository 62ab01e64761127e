import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Product } from './product';

/** Every file in the product's storage, half-written ones too, by its path in there. */
export async function storedFiles({ dataDirectory }: Product): Promise<string[]> {
  const root = join(dataDirectory, 'files');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}
