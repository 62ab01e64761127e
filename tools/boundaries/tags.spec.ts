import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FEATURES, OTHER_FOLDERS } from './api-doors.mjs';
import { depConstraints } from './dep-constraints.mjs';
import { libraries } from './libraries.mjs';
import { projectsTagged, readProjects, workspaceRoot } from './projects.mjs';

/** A net only holds what it is tied to: nothing in the workspace stands outside the rules. */
describe.each(readProjects())('$name', ({ tags }) => {
  it.each(['runtime:', 'type:'])('has exactly one %s tag', (dimension) => {
    expect(tags.filter((tag) => tag.startsWith(dimension))).toHaveLength(1);
  });

  it('has only tags that have a rule', () => {
    const ruled = depConstraints.map(({ sourceTag }) => sourceTag);
    expect(tags.filter((tag) => !ruled.includes(tag))).toEqual([]);
  });
});

describe('the rules', () => {
  it('name every tag and package: there is no rule for everything', () => {
    const names = depConstraints.flatMap((constraint) => [
      constraint.sourceTag ?? 'both',
      ...(constraint.onlyDependOnLibsWithTags ?? []),
      ...(constraint.allowedExternalImports ?? []),
    ]);
    expect(names.filter((name) => name.startsWith('*'))).toEqual([]);
  });

  it('let no library that runs anywhere use a package that it does not name', () => {
    const types = projectsTagged('runtime:any').flatMap(({ tags }) =>
      tags.filter((tag) => tag.startsWith('type:')),
    );
    const open = depConstraints.filter(
      ({ sourceTag, allowedExternalImports }) =>
        sourceTag !== undefined && types.includes(sourceTag) && allowedExternalImports === undefined,
    );
    expect(open).toEqual([]);
  });

  it('budget every library that runs anywhere, and no other', () => {
    expect(Object.keys(libraries).sort()).toEqual(
      projectsTagged('runtime:any')
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('know every folder of apps/api/src', () => {
    const folders = readdirSync(join(workspaceRoot, 'apps/api/src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(folders.filter((name) => ![...FEATURES, ...OTHER_FOLDERS].includes(name))).toEqual([]);
  });
});
