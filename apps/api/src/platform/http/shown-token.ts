import type { IncomingMessage } from 'node:http';

/** The token that a request shows, in Chatwoot's header or as a bearer; null when it shows none. */
export function shownToken({ headers }: IncomingMessage): string | null {
  const header = headers['api_access_token'] ?? headers['api-access-token'];
  if (typeof header === 'string') return header;
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '');
  return bearer?.[1] ?? null;
}
