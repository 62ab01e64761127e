import type { IncomingMessage } from 'node:http';

// The prefix makes browsers insist on HTTPS, on this host and on the whole path. Plain HTTP (a first look on one's own
// machine) cannot have it, so the name there is another one.
export const SECURE_SESSION_COOKIE = '__Host-ponte_session';
export const PLAIN_SESSION_COOKIE = 'ponte_session';
export const SESSION_COOKIES = [SECURE_SESSION_COOKIE, PLAIN_SESSION_COOKIE] as const;

/** Value of a cookie, or null. */
export function readCookie(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
