import type { RejectedRow, Verdict } from './server-verdict';

/**
 * The console names the reason that helps most, and the API the first rule that a cell breaks: a phone that no repair can
 * save is invalid, whatever else it lacks. Nothing but these words may differ.
 */
const MORE_TELLING: ReadonlyMap<string, readonly string[]> = new Map([
  ['phone_invalid', ['phone_no_plus']],
  ['phone_has_extension', ['phone_no_plus', 'phone_invalid']],
  ['phone_missing_placeholder', ['phone_no_plus', 'phone_invalid']],
  ['phone_needs_area_code', ['phone_no_plus', 'phone_invalid']],
  ['phone_maybe_missing_ninth', ['phone_no_plus', 'phone_invalid']],
  ['phone_several', ['phone_no_plus', 'phone_invalid']],
  ['phone_scientific', ['phone_no_plus', 'phone_invalid']],
]);

/** The API's codes that a more telling one may stand for. */
export function standsFor(code: string): readonly string[] {
  return MORE_TELLING.get(code) ?? [];
}

/** The differences between two verdicts on one file, in words; at most twenty. */
export function compareVerdicts(browser: Verdict, server: Verdict): readonly string[] {
  // Both may refuse in their own words: the API lacks a column where the console sees that it is no table at all.
  if ('refused' in browser && 'refused' in server) return [];
  if ('refused' in browser || 'refused' in server)
    return [`browser ${nameOf(browser)}, server ${nameOf(server)}`];
  const there = new Map(server.rejected.map((row) => [row.row, row]));
  const here = new Set(browser.rejected.map(({ row }) => row));
  return [
    ...(browser.total === server.total ? [] : [`rows: browser ${browser.total}, server ${server.total}`]),
    ...(browser.accepted === server.accepted
      ? []
      : [`accepted: browser ${browser.accepted}, server ${server.accepted}`]),
    ...browser.rejected.flatMap((row) => compareRows(row, there.get(row.row))),
    ...server.rejected
      .filter(({ row }) => !here.has(row))
      .map((row) => `rejected by the server alone: ${JSON.stringify(row)}`),
  ].slice(0, 20);
}

const nameOf = (verdict: Verdict) =>
  'refused' in verdict ? `refuses (${verdict.refused})` : `accepts ${verdict.accepted} of ${verdict.total}`;

function compareRows(here: RejectedRow, there: RejectedRow | undefined): string[] {
  if (there === undefined) return [`rejected by the browser alone: ${JSON.stringify(here)}`];
  const isSame =
    here.line === there.line &&
    here.reasons.length === there.reasons.length &&
    here.reasons.every((reason) => there.reasons.some((other) => isSameReason(reason, other)));
  return isSame ? [] : [`browser ${JSON.stringify(here)}, server ${JSON.stringify(there)}`];
}

function isSameReason(browser: string, server: string): boolean {
  if (browser === server) return true;
  const [field, code = ''] = browser.split(':');
  return standsFor(code).some((strict) => server === `${field}:${strict}`);
}
