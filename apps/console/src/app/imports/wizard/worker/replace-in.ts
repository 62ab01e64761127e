import type { Edit } from '../wizard-types';

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;

/**
 * Replaces every occurrence of a text by another, both taken to the letter. Without `matchCase` letters are equal in
 * both cases, with accents or without a difference as the person typed them: `é` finds `É` and not `e`.
 */
export function replaceIn(edit: Extract<Edit, { kind: 'replace' }>): (text: string) => string {
  const { find, replace, matchCase } = edit;
  if (find === '') return (text) => text;
  if (matchCase) return (text) => (text.includes(find) ? text.replaceAll(find, () => replace) : text);
  const pattern = new RegExp(find.replace(SYNTAX, '\\$&'), 'giu');
  return (text) => text.replace(pattern, () => replace);
}
