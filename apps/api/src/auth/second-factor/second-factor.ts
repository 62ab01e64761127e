import { Injectable } from '@nestjs/common';
import type { RecoveryCodes, SecondFactorSetup } from '@ponte/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { recordAudit } from '../../audit';
import { serviceKey } from '../../platform/database/service-keys';
import type { Caller } from '../../platform/http/caller';
import { RequestProblem } from '../../platform/http/request-problem';
import {
  hashRecoveryCode,
  isAuthenticatorCode,
  newRecoveryCodes,
  newRecoverySalt,
  newTotpSecret,
  normalizeCode,
  setupOf,
  stepOf,
} from './codes';
import { seal, unseal } from './seal';
import { removeSecondFactor } from './turn-off';

interface Factor {
  isOn: boolean;
  sealed: Buffer;
  salt: Buffer | null;
  /** Milliseconds since 1970, by the database's clock. */
  now: number;
}

const KEY = 'second_factor';
/** Whoever begins to turn it on confirms within this time. */
const SETUP_TIME = `interval '1 hour'`;

/** The code of an authenticator app that signing in needs beside the password, for those who turned it on. */
@Injectable()
export class SecondFactor {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Throws `second_factor_needed` without a code and `second_factor_wrong` with one that is wrong or was used before.
   * Does nothing for a person without a second factor. A code that passes is used up.
   */
  async verify(userId: number, code: string | undefined): Promise<void> {
    const factor = await this.find(this.dataSource.manager, userId);
    if (factor?.isOn !== true) return;
    if (code === undefined) throw new RequestProblem('second_factor_needed');
    const normalized = normalizeCode(code);
    const isRight = isAuthenticatorCode(normalized)
      ? await this.useStep(this.dataSource.manager, userId, factor, normalized)
      : await this.useRecoveryCode(userId, factor, normalized);
    if (!isRight) throw new RequestProblem('second_factor_wrong');
  }

  /** A new secret, which counts once a code of it is confirmed. Throws `second_factor_on`. */
  async begin({ userId, email }: Caller): Promise<SecondFactorSetup> {
    const secret = newTotpSecret();
    const sealed = seal(secret, await this.key(), String(userId));
    // One statement: a setup that was confirmed meanwhile is not replaced.
    const rows = await this.dataSource.query<object[]>(
      `INSERT INTO second_factors (user_id, sealed_secret)
       SELECT id, $2 FROM users WHERE id = $1 AND second_factor_since IS NULL FOR NO KEY UPDATE
       ON CONFLICT (user_id) DO UPDATE SET sealed_secret = excluded.sealed_secret, last_step = 0, created_at = now()
       RETURNING user_id`,
      [userId, sealed],
    );
    if (rows.length === 0) throw new RequestProblem('second_factor_on');
    return setupOf(secret, email);
  }

  /** Turns it on by a first code. Throws `second_factor_on`, `second_factor_off` or `second_factor_wrong`. */
  confirm({ userId }: Caller, code: string): Promise<RecoveryCodes> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
      const factor = await this.find(manager, userId);
      if (factor === null) throw new RequestProblem('second_factor_off');
      if (factor.isOn) throw new RequestProblem('second_factor_on');
      if (!(await this.useStep(manager, userId, factor, normalizeCode(code))))
        throw new RequestProblem('second_factor_wrong');
      await manager.query('UPDATE users SET second_factor_since = now() WHERE id = $1', [userId]);
      await recordAudit(manager, { action: 'second_factor_turned_on', userId, subjectId: userId });
      return this.makeRecoveryCodes(manager, userId);
    });
  }

  /** New recovery codes in place of the old ones; `verify` comes first. Throws `second_factor_off`. */
  renewRecoveryCodes({ userId }: Caller): Promise<RecoveryCodes> {
    return this.dataSource.transaction(async (manager) => {
      await this.assertOn(manager, userId);
      const made = await this.makeRecoveryCodes(manager, userId);
      const count = made.recovery_codes.length;
      await recordAudit(manager, { action: 'recovery_codes_made', userId, subjectId: userId, count });
      return made;
    });
  }

  /** `verify` comes first. Throws `second_factor_off`. */
  async turnOff({ userId }: Caller): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      if (!(await removeSecondFactor(manager, userId))) throw new RequestProblem('second_factor_off');
    });
  }

  /** Removes setups that were not confirmed in time. */
  async removeOld(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM second_factors USING users WHERE users.id = user_id AND second_factor_since IS NULL
       AND second_factors.created_at < now() - ${SETUP_TIME}`,
    );
  }

  /** What a person turned on, or began to turn on a short time ago. */
  private async find(manager: EntityManager, userId: number): Promise<Factor | null> {
    const rows = await manager.query<Factor[]>(
      `SELECT second_factor_since IS NOT NULL AS "isOn", sealed_secret AS sealed, recovery_salt AS salt,
         (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
       FROM users JOIN second_factors ON user_id = users.id WHERE users.id = $1
       AND (second_factor_since IS NOT NULL OR second_factors.created_at > now() - ${SETUP_TIME})`,
      [userId],
    );
    return rows[0] ?? null;
  }

  private async assertOn(manager: EntityManager, userId: number): Promise<void> {
    const rows = await manager.query<object[]>(
      'SELECT FROM users WHERE id = $1 AND second_factor_since IS NOT NULL FOR NO KEY UPDATE',
      [userId],
    );
    if (rows.length === 0) throw new RequestProblem('second_factor_off');
  }

  /** A code works once, and none works that is older than one that was used. */
  private async useStep(
    manager: EntityManager,
    userId: number,
    { sealed, now }: Factor,
    code: string,
  ): Promise<boolean> {
    const step = stepOf(unseal(sealed, await this.key(), String(userId)), code, now);
    if (step === null) return false;
    const rows = await manager.query<object[]>(
      `WITH used AS (UPDATE second_factors SET last_step = $2 WHERE user_id = $1 AND last_step < $2 RETURNING 1)
       SELECT FROM used`,
      [userId, step],
    );
    return rows.length > 0;
  }

  private async useRecoveryCode(userId: number, { salt }: Factor, code: string): Promise<boolean> {
    if (salt === null) return false;
    const hash = await hashRecoveryCode(code, salt);
    return this.dataSource.transaction(async (manager) => {
      const rows = await manager.query<{ left: number }[]>(
        `WITH used AS (
           UPDATE second_factors SET recovery_hashes = array_remove(recovery_hashes, $2)
           WHERE user_id = $1 AND $2 = ANY (recovery_hashes) RETURNING cardinality(recovery_hashes) AS left
         ) SELECT "left" FROM used`,
        [userId, hash],
      );
      if (rows[0] === undefined) return false;
      const { left } = rows[0];
      await recordAudit(manager, {
        action: 'recovery_code_used',
        userId,
        subjectId: userId,
        details: { left },
      });
      return true;
    });
  }

  private async makeRecoveryCodes(manager: EntityManager, userId: number): Promise<RecoveryCodes> {
    const codes = newRecoveryCodes();
    const salt = newRecoverySalt();
    const hashes = await Promise.all(codes.map((code) => hashRecoveryCode(code, salt)));
    await manager.query(
      'UPDATE second_factors SET recovery_salt = $2, recovery_hashes = $3 WHERE user_id = $1',
      [userId, salt, hashes],
    );
    return { recovery_codes: codes };
  }

  private key(): Promise<Buffer> {
    return serviceKey(this.dataSource.manager, KEY);
  }
}
