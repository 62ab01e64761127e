import { Inject, Injectable } from '@nestjs/common';
import type { ProblemCode } from '@ponte/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config';
import type { PonteRequest } from '../platform/http/caller';
import { networkOf } from '../platform/http/network';
import { assertLeft, count, giveBack, rateLimit, spend } from '../platform/http/rate-limit';
import { RequestProblem } from '../platform/http/request-problem';
import { emailKey } from '../users';
import { KnownBrowsers } from './known-browsers';

const SECONDS = 15 * 60;
/** Wrong codes of one person in an hour, from all networks together. */
const WRONG_CODES = { points: 20, seconds: 3600 } as const;
/** How much longer each further guess takes at an account that is attacked from many networks, and the longest. */
const SLOWER_MS = 250;
const SLOWEST_MS = 5_000;

const WRONG: readonly ProblemCode[] = ['credentials_wrong', 'password_wrong', 'second_factor_wrong'];

/** Whether a refusal says that a password or a code was wrong. */
export function isWrongGuess(error: unknown): error is RequestProblem {
  return error instanceof RequestProblem && WRONG.includes(error.code);
}

/** Whose password or code is guessed at. */
export interface Guessed {
  email: string;
  /** Null when nobody has that address. */
  userId: number | null;
}

/**
 * Limits wrong guesses without letting anyone lock a person out. Failures count for the account in one network, and for a
 * network over all accounts. Failures at one account from everywhere only slow it down. A browser that the person has
 * signed in in before is spared from all of these and has a limit of its own. Wrong codes have a hard limit for the person,
 * because strangers cannot reach it: a code is compared after the password only.
 */
@Injectable()
export class SignInLimits {
  private readonly failures;
  private readonly everywhere;
  private readonly codes;
  private readonly codeRefusals;

  constructor(
    @Inject(CONFIG) { signIn }: Config,
    dataSource: DataSource,
    private readonly browsers: KnownBrowsers,
  ) {
    this.failures = rateLimit(dataSource, 'sign_in', signIn.failuresPerQuarterHour, SECONDS);
    this.everywhere = rateLimit(dataSource, 'sign_in_anywhere', signIn.failuresPerQuarterHour, SECONDS);
    this.codes = rateLimit(dataSource, 'second_factor', WRONG_CODES.points, WRONG_CODES.seconds);
    this.codeRefusals = rateLimit(dataSource, 'second_factor_refused', 1, WRONG_CODES.seconds);
  }

  /** Throws `too_many_requests` instead of guessing when there were too many wrong ones. */
  async limited<T>(guessed: Guessed, request: PonteRequest, guess: () => Promise<T>): Promise<T> {
    const account =
      guessed.userId === null ? `address ${emailKey(guessed.email)}` : `person ${guessed.userId}`;
    const browser = guessed.userId === null ? null : await this.browsers.find(guessed.userId, request);
    const network = `network ${networkOf(request.ip)}`;
    const keys = browser === null ? [network, `${account} ${network}`] : [`${account} browser ${browser}`];
    for (const key of keys) await assertLeft(this.failures, key);
    // Counted before the guess is looked at: a thousand guesses at once are a thousand guesses.
    for (const key of keys) await spend(this.failures, key);
    if (browser === null) await this.slowDown(account);
    const giveAllBack = async () => {
      for (const key of keys) await giveBack(this.failures, key);
      if (browser === null) await giveBack(this.everywhere, account);
    };
    try {
      const result = await guess();
      await giveAllBack();
      return result;
    } catch (error) {
      // Another refusal, such as that a code is needed, says that nothing was guessed wrong. A fault says nothing.
      if (error instanceof RequestProblem && !isWrongGuess(error)) await giveAllBack();
      throw error;
    }
  }

  /**
   * Throws `too_many_requests` instead of comparing a code when the person had too many wrong ones; tells them by `tell`,
   * once an hour.
   */
  async limitedCodes(
    userId: number,
    { compare, tell }: Readonly<Record<'compare' | 'tell', () => Promise<void>>>,
  ): Promise<void> {
    const key = `person ${userId}`;
    // Counted before the code is compared: sixty codes at once are sixty guesses.
    try {
      await spend(this.codes, key);
    } catch (refusal) {
      if ((await count(this.codeRefusals, key)) === 1) await tell();
      throw refusal;
    }
    try {
      await compare();
    } catch (error) {
      if (error instanceof RequestProblem && !isWrongGuess(error)) await giveBack(this.codes, key);
      throw error;
    }
    await giveBack(this.codes, key);
  }

  private async slowDown(account: string): Promise<void> {
    const excess = (await count(this.everywhere, account)) - this.everywhere.points;
    if (excess > 0) await pause(Math.min(excess * SLOWER_MS, SLOWEST_MS));
  }
}
