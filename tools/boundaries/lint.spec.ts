import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { workspaceRoot } from './projects.mjs';
import { cases } from './lint-cases';

/**
 * The first net, proven: every rule reports one deliberate violation and stays silent on its clean twin. Nothing is
 * written to disk; the code is linted as if it stood in the named file.
 */
const eslint = new ESLint({
  cwd: workspaceRoot,
  // No rule under test needs types, and the compiler knows no file that does not exist.
  overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }],
});

async function lint(file: string, code: string): Promise<Linter.LintMessage[]> {
  const results = await eslint.lintText(code, { filePath: join(workspaceRoot, file) });
  return results.flatMap(({ messages }) => messages);
}

beforeAll(() => {
  // The module boundary rule reads Nx's cached graph, and skips itself in silence when there is none.
  execFileSync(
    process.execPath,
    [join(workspaceRoot, 'node_modules/nx/dist/bin/nx.js'), 'show', 'projects'],
    {
      cwd: workspaceRoot,
      env: { ...process.env, NX_DAEMON: 'false' },
      stdio: 'ignore',
    },
  );
});

describe.each(cases)('$title', ({ file, violation, rule, message, clean, cleanFile }) => {
  it('is reported', async () => {
    const messages = await lint(file, violation);
    expect(messages).toContainEqual(
      expect.objectContaining({ ruleId: rule, message: expect.stringMatching(message) }),
    );
  });

  it('and its clean twin passes', async () => {
    expect(await lint(cleanFile ?? file, clean)).toEqual([]);
  });
});
