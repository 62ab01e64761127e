import type { Email } from 'postal-mime';
import { until, type Product } from './product';

/** The e-mails to that address, oldest first, when there are as many as expected. */
export function mailsTo(product: Product, email: string, count = 1): Promise<Email[]> {
  const mails = () => product.mailbox.mails.filter(({ to }) => to?.some(({ address }) => address === email));
  return until(
    async () => mails(),
    (found) => found.length >= count,
    15_000,
  );
}

/** The secret of the link in an e-mail to the console page of that name. */
export function secretIn(mail: Email | undefined, page: 'invitation' | 'reset-password'): string {
  const secret = new RegExp(`/${page}#([\\w-]{43})\\n`).exec(mail?.text ?? '')?.[1];
  if (secret === undefined) throw new Error(`No link to ${page} in: ${mail?.text ?? 'no e-mail'}`);
  return secret;
}
