// @ts-check
import { bundleForBrowser, judgeBundle } from './bundle.mjs';
import { libraries } from './libraries.mjs';
import { projectsTagged } from './projects.mjs';

/** Bundles every library that claims to run anywhere and proves that it could. Exit code 1 if one could not. */
for (const project of projectsTagged('runtime:any')) {
  const { summary, problems } = await check(project);
  if (problems.length > 0) process.exitCode = 1;
  console.log(`${problems.length > 0 ? '✖' : '✔'} ${project.name}: ${summary}`);
  for (const problem of problems) console.log(`  ${project.name} ${problem}`);
}

/** @param {import('./projects.mjs').WorkspaceProject} project */
async function check({ name, root }) {
  const budget = libraries[name];
  if (budget === undefined) {
    return {
      summary: 'runtime:any',
      problems: ['has no packages and no budget in tools/boundaries/libraries.mjs'],
    };
  }
  try {
    const bundle = await bundleForBrowser(root);
    const size = `${(bundle.gzipBytes / 1000).toFixed(1)} of ${budget.gzipKilobytes} kB gzipped`;
    return {
      summary: `${size}; ${bundle.packages.join(', ') || 'no packages'}`,
      problems: judgeBundle(bundle, budget),
    };
  } catch (error) {
    // What the bundler says about a file that it cannot resolve or parse.
    return { summary: 'no bundle', problems: [`does not bundle: ${String(error)}`] };
  }
}
