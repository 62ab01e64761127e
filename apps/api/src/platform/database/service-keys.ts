import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** The service's own key of that name, 32 random bytes, made at its first use. All processes use the same one. */
export async function serviceKey(manager: EntityManager, name: string): Promise<Buffer> {
  const find = () => manager.query<{ key: Buffer }[]>('SELECT key FROM service_keys WHERE name = $1', [name]);
  let rows = await find();
  if (rows.length === 0) {
    await manager.query('INSERT INTO service_keys (name, key) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      name,
      randomBytes(32),
    ]);
    rows = await find();
  }
  if (rows[0] === undefined) throw new Error(`The key ${name} was not written.`);
  return rows[0].key;
}
