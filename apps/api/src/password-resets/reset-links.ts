import { Injectable } from '@nestjs/common';
import { LINK_HOURS, type Locale } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { hashSecret, newSecret } from '../auth';
import { MailLinks, type MadeLink } from '../platform/mail';
import { resetPath } from './make-reset-link';

interface Row {
  email: string;
  locale: Locale;
  created_at: Date;
  expires_at: Date;
}

/**
 * Makes the links for new passwords while their e-mails are sent. Only here is it found out whether the address signs in:
 * the answer to the request knows nothing of it. The hour begins when the e-mail leaves.
 */
@Injectable()
export class ResetLinks {
  constructor(
    links: MailLinks,
    private readonly dataSource: DataSource,
  ) {
    links.register('password_reset', (id) => this.make(id));
  }

  private async make(id: number): Promise<MadeLink | null> {
    const secret = newSecret();
    const [[row]] = await this.dataSource.query<[Row[], number]>(
      `UPDATE password_resets SET token_hashes = array_append(token_hashes, $2),
         expires_at = now() + $3 * interval '1 hour'
       FROM users WHERE password_resets.id = $1 AND users.email_key = password_resets.email_key
       RETURNING users.email, users.locale, password_resets.created_at, password_resets.expires_at`,
      [id, hashSecret(secret), LINK_HOURS.passwordReset],
    );
    if (row === undefined) return null;
    return {
      kind: 'password_reset',
      to: { address: row.email, locale: row.locale },
      data: {
        path: resetPath(secret),
        created_at: row.created_at.toISOString(),
        expires_at: row.expires_at.toISOString(),
      },
    };
  }
}
