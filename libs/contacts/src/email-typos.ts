/**
 * Domains that people mean otherwise, and what they mean. Only words that are no real mail service or top-level
 * domain: a warning on a good address teaches people to ignore warnings.
 */
export const TYPO_DOMAINS: ReadonlyMap<string, string> = new Map([
  ['gmial.com', 'gmail.com'],
  ['gmai.com', 'gmail.com'],
  ['gmal.com', 'gmail.com'],
  ['gamil.com', 'gmail.com'],
  ['gnail.com', 'gmail.com'],
  ['gmil.com', 'gmail.com'],
  ['gmaill.com', 'gmail.com'],
  ['gmail.co', 'gmail.com'],
  ['gmail.com.br', 'gmail.com'],
  ['hotmial.com', 'hotmail.com'],
  ['hotmal.com', 'hotmail.com'],
  ['hotmai.com', 'hotmail.com'],
  ['hotnail.com', 'hotmail.com'],
  ['hormail.com', 'hotmail.com'],
  ['outlok.com', 'outlook.com'],
  ['outloock.com', 'outlook.com'],
  ['yaho.com', 'yahoo.com'],
  ['yahooo.com', 'yahoo.com'],
  ['yahho.com', 'yahoo.com'],
]);

export const TYPO_TOP_LEVELS: ReadonlyMap<string, string> = new Map([
  ['con', 'com'],
  ['comm', 'com'],
  ['cmo', 'com'],
  ['ocm', 'com'],
  ['vom', 'com'],
  ['xom', 'com'],
  ['coom', 'com'],
  ['combr', 'com.br'],
]);

const MAX_TYPO_DOMAIN = Math.max(...Array.from(TYPO_DOMAINS.keys(), (domain) => domain.length));

/** Whether a valid address ends in a well-known slip of the finger (`gmial.com`, `.con`). */
export function isProbableTypo(email: string): boolean {
  const topLevel = email.length - email.lastIndexOf('.') - 1;
  if (topLevel > 2 && topLevel <= 5 && TYPO_TOP_LEVELS.has(email.slice(-topLevel).toLowerCase())) return true;
  const domain = email.length - email.lastIndexOf('@') - 1;
  // The length decides for most addresses, before a string is made.
  return domain <= MAX_TYPO_DOMAIN && TYPO_DOMAINS.has(email.slice(-domain).toLowerCase());
}

/** A valid address with the domain that was meant (`ana@gmial.con` becomes `ana@gmail.com`); the same when it is no typo. */
export function fixTypo(email: string): string {
  const dot = email.lastIndexOf('.') + 1;
  const topLevel = TYPO_TOP_LEVELS.get(email.slice(dot).toLowerCase());
  const ended = topLevel === undefined ? email : email.slice(0, dot) + topLevel;
  const at = ended.lastIndexOf('@') + 1;
  const domain = TYPO_DOMAINS.get(ended.slice(at).toLowerCase());
  return domain === undefined ? ended : ended.slice(0, at) + domain;
}
