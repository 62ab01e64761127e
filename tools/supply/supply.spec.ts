import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspaceRoot } from '../gate/workspace.mjs';
import { judgeAudit } from './judge-audit.mjs';

interface Sbom {
  bomFormat: string;
  components: { name: string; version: string; hashes?: unknown[] }[];
}

describe('the list of packages that the build makes', () => {
  it('names every production dependency at the version of the lock file, with its hash', () => {
    execFileSync(process.execPath, [join(import.meta.dirname, 'sbom.mjs')]);
    const sbom = JSON.parse(readFileSync(join(workspaceRoot, 'dist/sbom.cdx.json'), 'utf8')) as Sbom;
    const { dependencies } = JSON.parse(readFileSync(join(workspaceRoot, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(sbom.bomFormat).toBe('CycloneDX');
    for (const [name, version] of Object.entries(dependencies)) {
      const component = sbom.components.find((one) => one.name === name && one.version === version);
      expect(component?.hashes, name).toHaveLength(1);
    }
  });

  it('names no tool of development', () => {
    const sbom = JSON.parse(readFileSync(join(workspaceRoot, 'dist/sbom.cdx.json'), 'utf8')) as Sbom;
    expect(sbom.components.map(({ name }) => name)).not.toContain('vitest');
  });
});

describe('judgeAudit', () => {
  const report = (severities: Record<string, string>) =>
    JSON.stringify({
      metadata: { vulnerabilities: { total: Object.keys(severities).length } },
      vulnerabilities: Object.fromEntries(
        Object.entries(severities).map(([name, severity]) => [name, { severity }]),
      ),
    });

  it.each([
    ['nothing known', report({}), true, '0 in all'],
    ['a moderate one', report({ a: 'moderate' }), true, '1 in all'],
    ['a high one', report({ a: 'low', b: 'high' }), false, 'b (high)'],
    ['a critical one', report({ c: 'critical' }), false, 'c (critical)'],
    [
      'a registry without an audit',
      JSON.stringify({ message: '405 Method Not Allowed' }),
      true,
      'offers none',
    ],
    ['no answer', '', true, 'no answer'],
  ])('%s', (_title, output, passes, words) => {
    const verdict = judgeAudit(output);
    expect(verdict.passes).toBe(passes);
    expect(verdict.sentence).toContain(words);
  });
});
