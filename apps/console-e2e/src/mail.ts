import { type APIRequestContext, expect } from '@playwright/test';

interface CaughtMail {
  to: string;
  /** ISO 8601; when it was sent. */
  time: string;
  text: string;
}

/** The address in the newest e-mail to a person that came after a moment, with its secret part: `/invitation#…`. */
export async function linkInMail(
  request: APIRequestContext,
  email: string,
  page: 'invitation' | 'reset-password',
  since: number,
): Promise<string> {
  const pattern = new RegExp(`/${page}#[\\w-]+`);
  let link: string | undefined;
  await expect(async () => {
    const answer = await request.get(`${process.env['PONTE_E2E_URL']}/caught-mail.json`);
    const mails = (await answer.json()) as CaughtMail[];
    const mail = mails.find(
      ({ to, time, text }) => to.includes(email) && Date.parse(time) >= since && pattern.test(text),
    );
    link = pattern.exec(mail?.text ?? '')?.[0];
    expect(link, `An e-mail to ${email} with a link to ${page}`).toBeDefined();
  }).toPass({ timeout: 20_000 });
  return link ?? '';
}

/** The secret part alone, for calls of the API. */
export const secretOf = (link: string): string => link.replace(/^.*#/, '');
