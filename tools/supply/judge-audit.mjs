// @ts-check

/** Severities that a release may not have. */
const REFUSED = /** @type {const} */ (['critical', 'high']);

/**
 * What the answer of `npm audit --json` means.
 *
 * @param {string} output
 * @returns {{ passes: boolean, sentence: string }}
 */
export function judgeAudit(output) {
  /** @type {{ metadata?: { vulnerabilities?: Record<string, number> }, vulnerabilities?: Record<string, { severity: string }> }} */
  let report;
  try {
    report = JSON.parse(output);
  } catch {
    // Expected when npm cannot reach the registry at all: it then prints no JSON.
    return { passes: true, sentence: 'The dependency audit did not run: the registry gave no answer.' };
  }
  const counts = report.metadata?.vulnerabilities;
  if (counts === undefined)
    return { passes: true, sentence: 'The dependency audit did not run: this registry offers none.' };
  const names = Object.entries(report.vulnerabilities ?? {})
    .filter(([, { severity }]) => REFUSED.some((refused) => refused === severity))
    .map(([name, { severity }]) => `${name} (${severity})`);
  return names.length === 0
    ? {
        passes: true,
        sentence: `No high or critical vulnerability is known; ${counts['total'] ?? 0} in all.`,
      }
    : {
        passes: false,
        sentence: `Known vulnerabilities: ${names.join(', ')}. Update them: SECURITY.md says by when.`,
      };
}
