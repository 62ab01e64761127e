import { Secret, TOTP } from 'otpauth';
import type { DataSource } from 'typeorm';
import type { RecoveryCodes, SecondFactorSetup } from '@ponte/contracts';
import type { Client } from './client';

/** The code that an authenticator app shows, so many half minutes from now. */
export function codeOf(secret: string, halfMinutes = 0): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + halfMinutes * 30_000 });
}

/** As if the codes that were used so far had been used long ago. */
export async function moveClockOn(dataSource: Pick<DataSource, 'query'>): Promise<void> {
  await dataSource.query('UPDATE second_factors SET last_step = last_step - 100');
}

/** Turns on the second factor of a signed-in person. */
export async function turnOnSecondFactor(
  client: Client,
  password: string,
): Promise<{ secret: string; usedCode: string; recoveryCodes: string[] }> {
  const begun = await client.post<SecondFactorSetup>('/profile/second_factor', {
    current_password: password,
  });
  const { secret } = begun.body;
  const usedCode = codeOf(secret);
  const confirmed = await client.post<RecoveryCodes>('/profile/second_factor/confirm', { code: usedCode });
  if (confirmed.status !== 200) throw new Error(`Not turned on: ${JSON.stringify(confirmed.body)}`);
  return { secret, usedCode, recoveryCodes: confirmed.body.recovery_codes };
}
