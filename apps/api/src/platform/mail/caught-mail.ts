import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Address } from 'postal-mime';

/** One e-mail that the embedded mode kept instead of sending it. */
export interface CaughtMail {
  name: string;
  time: Date;
  from: string;
  to: string;
  subject: string;
  messageId: string;
  text: string;
  html: string;
}

const NAME = /^([0-9]{13})-[0-9a-f]{8}\.eml$/;
/** Beyond this nobody reads a list; scripts look at the newest. */
const SHOWN = 200;

/** The newest e-mails of the directory, the newest first. */
export async function listCaughtMails(directory: string): Promise<CaughtMail[]> {
  // Missing: no e-mail yet.
  const names = (await readdir(directory).catch(() => [])).filter((name) => NAME.test(name));
  const mails = await Promise.all(
    names
      .sort()
      .reverse()
      .slice(0, SHOWN)
      .map((name) => read(directory, name)),
  );
  return mails.filter((mail) => mail !== null);
}

/** One of them; null for every name that we did not give ourselves. */
export async function readCaughtMail(directory: string, name: string): Promise<CaughtMail | null> {
  return NAME.test(name) ? read(directory, name) : null;
}

async function read(directory: string, name: string): Promise<CaughtMail | null> {
  const content = await readFile(join(directory, name)).catch(() => null);
  if (content === null) return null;
  const mail = await PostalMime.parse(content);
  return {
    name,
    time: new Date(Number(NAME.exec(name)?.[1])),
    from: addresses(mail.from === undefined ? [] : [mail.from]),
    to: addresses(mail.to ?? []),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
  };
}

function addresses(list: readonly Address[]): string {
  return list.map(({ name, address }) => (name ? `${name} <${address ?? ''}>` : (address ?? ''))).join(', ');
}
