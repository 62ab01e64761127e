import type { EntityManager } from 'typeorm';
import { enqueueMail } from '../platform/mail';
import type { User } from './user.entity';

/**
 * Tells a person by e-mail that their password was changed, when, and from which network address; inside the transaction
 * that changes it. `eventId`: the audit event of the change.
 */
export function tellPasswordChanged(
  manager: EntityManager,
  { email, locale }: Pick<User, 'email' | 'locale'>,
  eventId: number,
  address: string | undefined,
): Promise<void> {
  return enqueueMail(manager, {
    kind: 'password_changed',
    subjectId: eventId,
    to: { address: email, locale },
    data: {
      path: '/forgot-password',
      created_at: new Date().toISOString(),
      address: address ?? null,
    },
  });
}
