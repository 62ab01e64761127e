// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ name: string, root: string, tags: readonly string[] }} WorkspaceProject */

export const workspaceRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Every project with its tags, read from the project files themselves: the lint configuration needs the answer
 * synchronously and before Nx has built its graph.
 *
 * @returns {WorkspaceProject[]}
 */
export function readProjects() {
  const folders = ['apps', 'libs'].flatMap((parent) =>
    readdirSync(join(workspaceRoot, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${parent}/${entry.name}`),
  );
  return [...folders, 'tools']
    .filter((root) => existsSync(join(workspaceRoot, root, 'project.json')))
    .map((root) => {
      const { name, tags } = JSON.parse(readFileSync(join(workspaceRoot, root, 'project.json'), 'utf8'));
      return { name, root, tags: tags ?? [] };
    });
}

/**
 * @param {string} tag
 * @returns {WorkspaceProject[]}
 */
export function projectsTagged(tag) {
  return readProjects().filter((project) => project.tags.includes(tag));
}
