/** A day as a date field and an address have it, `YYYY-MM-DD`; null for any other text. */
export function readDay(text: string | undefined): string | null {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text))
    ? text
    : null;
}

/** The day of a moment (milliseconds since 1970) where the reader is. */
export function dayOf(time: number): string {
  const day = new Date(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The first moment of a day where the reader is, as a timestamp in UTC. */
export function beginOf(day: string): string {
  return midnight(day, 0);
}

/** The first moment after a day. A day has 23 or 25 hours when the clocks change: days are counted, not hours. */
export function endOf(day: string): string {
  return midnight(day, 1);
}

function midnight(text: string, daysLater: number): string {
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  return new Date(year, month - 1, day + daysLater).toISOString();
}
