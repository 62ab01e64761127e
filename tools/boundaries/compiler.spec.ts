import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { projectsTagged, workspaceRoot } from './projects.mjs';

/**
 * The second net, proven: the library's own tsconfig and all of its real files, plus one file per violation that
 * exists in memory only. The real files matter: a package whose typings refer to Node would open the net for all.
 */
const VIOLATIONS = {
  process: 'export const a = process.pid;',
  Buffer: "export const a = Buffer.from('');",
  window: 'export const a = window.name;',
  document: 'export const a = document.title;',
  fetch: "export const a = fetch('/');",
  require: "export const a = require('fs');",
  setTimeout: 'export const a = setTimeout(() => undefined, 1);',
  'globalThis.process': 'export const a = globalThis.process;',
  'node:fs': "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;",
};
const CLEAN = `export const a = new TextDecoder().decode(new TextEncoder().encode('a'));
export const b = (signal: AbortSignal): boolean => signal.aborted;`;

function compile(root: string, sources: Readonly<Record<string, string>>): Map<string, string[]> {
  const configFile = join(workspaceRoot, root, 'tsconfig.lib.json');
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configFile, ts.sys.readFile).config,
    ts.sys,
    dirname(configFile),
  );
  const virtual = new Map(
    Object.values(sources).map((text, index) => [join(workspaceRoot, root, `src/virtual-${index}.ts`), text]),
  );
  const host = ts.createCompilerHost(config.options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => virtual.has(name) || fileExists(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = virtual.get(name);
    return text === undefined
      ? getSourceFile(name, version, ...rest)
      : ts.createSourceFile(name, text, version, true);
  };
  const program = ts.createProgram([...config.fileNames, ...virtual.keys()], config.options, host);
  return new Map(
    [...virtual.keys()].map((name, index) => [
      Object.keys(sources)[index] ?? '',
      ts
        .getPreEmitDiagnostics(program, program.getSourceFile(name))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    ]),
  );
}

describe.each(projectsTagged('runtime:any'))('$name does not compile with', ({ root }) => {
  const errors = compile(root, { ...VIOLATIONS, clean: CLEAN });

  it.each(Object.keys(VIOLATIONS))('%s', (name) => {
    const wanted = name.replace('globalThis.', '');
    expect(errors.get(name)).toContainEqual(
      expect.stringMatching(new RegExp(`Cannot find (name|module) '${wanted}'|has no index signature`)),
    );
  });

  it('and compiles with what every runtime has', () => {
    expect(errors.get('clean')).toEqual([]);
  });
});
