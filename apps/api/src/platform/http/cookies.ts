import type { CookieOptions } from 'express';
import type { IncomingMessage } from 'node:http';
import type { Config } from '../config/config';

export interface Cookie {
  name: string;
  options: CookieOptions;
}

/**
 * A cookie that scripts and other sites do not get. The prefix makes browsers insist on HTTPS, on this host and on the
 * whole path. Plain HTTP (a first look on one's own machine) cannot have it, so the name there is another one.
 */
export function ownCookie({ publicUrl }: Config, name: string, days: number): Cookie {
  const secure = publicUrl.startsWith('https:');
  const maxAge = days * 24 * 3600 * 1000;
  return {
    name: secure ? `__Host-${name}` : name,
    options: { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge },
  };
}

/** Value of a cookie, or null. */
export function readCookie(request: IncomingMessage, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
