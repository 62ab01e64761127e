import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../../audit';
import { emailKey } from '../../users';
import { endSessions } from '../sessions';

/** Removes secret and recovery codes, inside the given transaction. Answers false when it was off. */
export async function removeSecondFactor(
  manager: EntityManager,
  userId: number,
  details?: { by: 'operator' },
): Promise<boolean> {
  const [rows] = await manager.query<[object[], number]>(
    `UPDATE users SET second_factor_since = NULL WHERE id = $1 AND second_factor_since IS NOT NULL RETURNING id`,
    [userId],
  );
  if (rows.length === 0) return false;
  await manager.query('DELETE FROM second_factors WHERE user_id = $1', [userId]);
  await recordAudit(manager, { action: 'second_factor_turned_off', userId, subjectId: userId, details });
  return true;
}

/** Turns it off for the person with that address and ends their sessions, without a code: for operators. */
export function turnOffSecondFactor(
  dataSource: DataSource,
  email: string,
): Promise<'turned_off' | 'was_off' | 'unknown'> {
  return dataSource.transaction(async (manager) => {
    const [user] = await manager.query<{ id: number }[]>('SELECT id FROM users WHERE email_key = $1', [
      emailKey(email),
    ]);
    if (user === undefined) return 'unknown';
    if (!(await removeSecondFactor(manager, user.id, { by: 'operator' }))) return 'was_off';
    await endSessions(manager, user.id);
    return 'turned_off';
  });
}
