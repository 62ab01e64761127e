import { Injectable } from '@nestjs/common';
import type { Locale, Role } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { hashSecret, newSecret } from '../auth';
import { MailLinks, type MadeLink } from '../platform/mail';
import { HOLDS } from './holds';

interface Row {
  email: string;
  role: Role;
  locale: Locale;
  account_name: string;
  inviter_name: string;
  created_at: Date;
  expires_at: Date;
}

/** Makes the links of invitations while their e-mails are sent. Known people are written to in their own language. */
@Injectable()
export class InvitationLinks {
  constructor(
    links: MailLinks,
    private readonly dataSource: DataSource,
  ) {
    links.register('invitation', (id) => this.make(id));
  }

  private async make(id: number): Promise<MadeLink | null> {
    const secret = newSecret();
    const [[row]] = await this.dataSource.query<[Row[], number]>(
      `UPDATE invitations SET token_hashes = array_append(token_hashes, $2) FROM accounts, users
       WHERE invitations.id = $1 AND ${HOLDS} AND accounts.id = invitations.account_id
         AND users.id = invitations.invited_by
       RETURNING invitations.email, invitations.role, invitations.created_at, invitations.expires_at,
         accounts.name AS account_name, users.name AS inviter_name, coalesce(
           (SELECT known.locale FROM users AS known WHERE known.email_key = invitations.email_key),
           invitations.locale) AS locale`,
      [id, hashSecret(secret)],
    );
    if (row === undefined) return null;
    const { email, locale, created_at, expires_at, ...facts } = row;
    return {
      kind: 'invitation',
      to: { address: email, locale },
      data: {
        ...facts,
        // Behind the #: neither a server nor a proxy sees it.
        path: `/invitation#${secret}`,
        created_at: created_at.toISOString(),
        expires_at: expires_at.toISOString(),
      },
    };
  }
}
