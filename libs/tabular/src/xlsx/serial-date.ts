/** A point in time as a spreadsheet counts it. `weekday` from Sunday, 0; `second` with its fraction. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const DAY_SECONDS = 86_400;
const DAY_MS = DAY_SECONDS * 1000;
/** 31 December 9999; Excel shows no date behind it. */
const LAST_DAY = 2_958_465;
/** 29 February 1900, which never was: Lotus had it, so Excel has it. */
const LEAP_BUG_DAY = 60;
/** Days between the epochs of the two date systems. */
const DAYS_TO_1904 = 1462;

/** The serial number of the 1900 system; workbooks with `date1904` count from 1 January 1904, day 0. */
export function toSerial1900(serial: number, is1904: boolean): number {
  return is1904 ? serial + DAYS_TO_1904 : serial;
}

/**
 * A serial number of the 1900 system (days, from 1 January 1900 as day 1) to the date that Excel shows, rounded to
 * `decimals` of a second. `null` where Excel shows `####`: before day 0 and after the year 9999.
 */
export function readSerial(serial: number, decimals: number): DateParts | null {
  const unit = 10 ** decimals;
  const ticks = Math.round((serial - Math.floor(serial)) * DAY_SECONDS * unit);
  const isNextDay = ticks >= DAY_SECONDS * unit;
  const day = Math.floor(serial) + (isNextDay ? 1 : 0);
  if (!(day >= 0 && day <= LAST_DAY)) return null;
  const seconds = isNextDay ? 0 : ticks / unit;
  return {
    ...dateOf(day),
    weekday: (day + 6) % 7,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor((seconds % 3600) / 60),
    second: seconds % 60,
  };
}

function dateOf(day: number): Pick<DateParts, 'year' | 'month' | 'day'> {
  if (day === 0) return { year: 1900, month: 1, day: 0 };
  if (day === LEAP_BUG_DAY) return { year: 1900, month: 2, day: 29 };
  const date = new Date(Date.UTC(1899, 11, day < LEAP_BUG_DAY ? 31 : 30) + day * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const ISO = /^(?:(\d{4})-(\d\d)-(\d\d))?(?:T?(\d\d):(\d\d)(?::(\d\d(?:\.\d{1,9})?))?)?Z?$/;

/** An ISO 8601 date, time or both to the serial number of the 1900 system; `null` for other texts and before 1900. */
export function parseIsoDate(text: string): number | null {
  const match = ISO.exec(text.trim());
  if (match === null || text.trim() === '') return null;
  const [, year, month, date, hour, minute, second] = match;
  const time = (Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second ?? 0)) / DAY_SECONDS;
  if (year === undefined) return time;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(date));
  if (new Date(at).getUTCDate() !== Number(date)) return null; // there is no such day
  const days = Math.round((at - Date.UTC(1899, 11, 30)) / DAY_MS);
  const day = days <= LEAP_BUG_DAY ? days - 1 : days;
  return day < 0 ? null : day + time;
}
