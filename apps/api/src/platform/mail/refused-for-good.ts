/** Answers to these commands are about the address or the message; earlier ones are about the connection or the sender. */
const ABOUT_THE_MAIL = ['RCPT TO', 'DATA'];

/**
 * What a 5xx says that time or an operator can mend, by its enhanced status (RFC 3463): a full mailbox, and the mail system
 * or the route behind the address.
 */
const PASSES = /^5\.(2\.2|[34]\.\d{1,3})$/;

/** The code that RFC 5321 (4.5.3.1.10) wants read as a temporary one. */
const TOO_MUCH = 552;

/**
 * Whether a mail server has said no to this very address or message for good (RFC 5321, 4.2.1), so that asking again gets
 * the same answer. A 5xx at the greeting, the sign-in or the sender is about our side, and is tried again.
 */
export function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { command, responseCode, response } = error as SmtpError;
  if (command === undefined || !ABOUT_THE_MAIL.includes(command)) return false;
  if (responseCode === undefined || responseCode < 500 || responseCode > 599) return false;
  const enhanced = /^5\d\d[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1];
  if (enhanced === undefined) return responseCode !== TOO_MUCH;
  return enhanced.startsWith('5.') && !PASSES.test(enhanced);
}

/** What nodemailer adds to its errors. */
interface SmtpError extends Error {
  command?: string;
  responseCode?: number;
  response?: string;
}
