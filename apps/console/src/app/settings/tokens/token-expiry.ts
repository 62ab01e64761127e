import { TOKEN_DAYS } from '@ponte/contracts';
import { dayOf } from '../../days/day';

/** How long a token may work: so many days, or until a day that is chosen. */
export const EXPIRY_CHOICES = ['30', '90', '365', '730', 'date'] as const;
export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number];

const DAY = 86_400_000;
/** The clocks of browser and server differ; a token of the longest time must not be refused for that. */
const MARGIN = 3_600_000;

/** The ISO moment at which the token ends; undefined leaves it to the server, whose default is a year. */
export function expiryOf(choice: ExpiryChoice, date: string, now: number): string | undefined {
  // The whole day in the person's time zone.
  if (choice === 'date') return new Date(`${date}T23:59:59`).toISOString();
  const days = Number(choice);
  if (days === TOKEN_DAYS.default) return undefined;
  const margin = days === TOKEN_DAYS.max ? MARGIN : 0;
  return new Date(now + days * DAY - margin).toISOString();
}

/** First and last day that may be chosen, as a date field has them. */
export function expiryDays(now: number): { first: string; last: string } {
  return { first: dayOf(now), last: dayOf(now + (TOKEN_DAYS.max - 1) * DAY) };
}
