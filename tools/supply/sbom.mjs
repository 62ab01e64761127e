// @ts-check
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../gate/workspace.mjs';

/**
 * Writes `dist/sbom.cdx.json`: every package that the service and the console run with, as CycloneDX, with version,
 * licence and integrity hash, read from the lock file by npm itself. npm is asked for all packages and its mark of
 * development is used here: `--omit=dev` also leaves out what production shares with a tool.
 */
const DEVELOPMENT = 'cdx:npm:package:development';

/** @typedef {{ 'bom-ref': string, properties?: { name: string }[] }} Component */
/** @typedef {{ components: Component[], dependencies: { ref: string, dependsOn?: string[] }[] }} Bom */

const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
const json = execFileSync('npm', args, { cwd: workspaceRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
/** @type {Bom} */
const bom = JSON.parse(json);
const isDevelopment = (/** @type {Component} */ { properties = [] }) =>
  properties.some(({ name }) => name === DEVELOPMENT);
const left = new Set(bom.components.filter(isDevelopment).map((component) => component['bom-ref']));
bom.components = bom.components.filter((component) => !left.has(component['bom-ref']));
bom.dependencies = bom.dependencies
  .filter(({ ref }) => !left.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => !left.has(one)) }));

mkdirSync(join(workspaceRoot, 'dist'), { recursive: true });
writeFileSync(join(workspaceRoot, 'dist', 'sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
console.log(`dist/sbom.cdx.json names ${bom.components.length} packages.`);
