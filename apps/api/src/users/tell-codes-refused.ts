import type { EntityManager } from 'typeorm';
import { enqueueMail } from '../platform/mail';
import type { User } from './user.entity';

/**
 * Tells a person by e-mail that so many wrong codes of their second factor were given that no more are compared.
 * `eventId`: the audit event of the refusal.
 */
export function tellCodesRefused(
  manager: EntityManager,
  { email, locale }: Pick<User, 'email' | 'locale'>,
  eventId: number,
): Promise<void> {
  return enqueueMail(manager, {
    kind: 'codes_refused',
    subjectId: eventId,
    to: { address: email, locale },
    data: { path: '/forgot-password', created_at: new Date().toISOString() },
  });
}
