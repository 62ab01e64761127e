import { Injectable } from '@nestjs/common';
import type { SignIn } from '@ponte/contracts';
import { DataSource } from 'typeorm';
import { recordAudit } from '../audit';
import type { Caller, PonteRequest } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { tellCodesRefused, Users, verifyPassword, type User } from '../users';
import { SecondFactor } from './second-factor/second-factor';
import { isWrongGuess, SignInLimits, type Guessed } from './sign-in-limits';

/**
 * Every comparison of a password or a code: limited and audited in one way, whichever route asks. A guess through a
 * profile counts as one through the sign-in.
 */
@Injectable()
export class Credentials {
  constructor(
    private readonly dataSource: DataSource,
    private readonly users: Users,
    private readonly secondFactor: SecondFactor,
    private readonly limits: SignInLimits,
  ) {}

  /** Who signs in. Throws `credentials_wrong`, `second_factor_needed`, `second_factor_wrong` or `too_many_requests`. */
  async checkSignIn({ email, password, code }: SignIn, request: PonteRequest): Promise<User> {
    const user = await this.users.findByEmail(email);
    const guessed = { email, userId: user?.id ?? null, action: 'sign_in_failed' } as const;
    return this.guess(guessed, request, async () => {
      const isRight = await verifyPassword(user?.passwordHash ?? null, password);
      if (!isRight || user === null) throw new RequestProblem('credentials_wrong');
      await this.compareCode(user.id, code);
      return user;
    });
  }

  /** The signed-in person's present password. Throws `password_wrong` or `too_many_requests`. */
  checkPassword(caller: Caller, request: PonteRequest, password: string): Promise<void> {
    return this.guarded(caller, request, () => this.comparePassword(caller, password));
  }

  /** The same, and the code of those who have a second factor. Also throws what `SecondFactor.verify` throws. */
  checkPasswordAndCode(
    caller: Caller,
    request: PonteRequest,
    { current_password, code }: { current_password: string; code?: string | undefined },
  ): Promise<void> {
    return this.guarded(caller, request, async () => {
      await this.comparePassword(caller, current_password);
      await this.compareCode(caller.userId, code);
    });
  }

  /** The code of a person who has proved by a link who they are. Throws what `SecondFactor.verify` throws. */
  checkCode({ id, email }: User, request: PonteRequest, code: string | undefined): Promise<void> {
    const guessed = { email, userId: id, action: 'sign_in_failed' } as const;
    return this.guess(guessed, request, () => this.compareCode(id, code));
  }

  /** The code of a signed-in person. Throws what `SecondFactor.verify` throws, or `too_many_requests`. */
  checkOwnCode(caller: Caller, request: PonteRequest, code: string): Promise<void> {
    return this.guarded(caller, request, () => this.compareCode(caller.userId, code));
  }

  /** Does something at which a signed-in person could guess, such as comparing a code. */
  guarded<T>(caller: Caller, request: PonteRequest, guess: () => Promise<T>): Promise<T> {
    const { email, userId } = caller;
    return this.guess({ email, userId, action: 'password_check_failed' }, request, guess);
  }

  private async comparePassword({ userId }: Caller, password: string): Promise<void> {
    const user = await this.users.find(userId);
    if (!(await verifyPassword(user?.passwordHash ?? null, password)))
      throw new RequestProblem('password_wrong');
  }

  private compareCode(userId: number, code: string | undefined): Promise<void> {
    const compare = () => this.secondFactor.verify(userId, code);
    if (code === undefined) return compare();
    return this.limits.limitedCodes(userId, { compare, tell: () => this.tellCodesRefused(userId) });
  }

  private async tellCodesRefused(userId: number): Promise<void> {
    const user = await this.users.get(userId);
    await this.dataSource.transaction(async (manager) => {
      const details = { code: 'too_many_requests' };
      const eventId = await recordAudit(manager, { action: 'sign_in_failed', userId, details });
      await tellCodesRefused(manager, user, eventId);
    });
  }

  private guess<T>(
    guessed: Guessed & { action: 'sign_in_failed' | 'password_check_failed' },
    request: PonteRequest,
    guess: () => Promise<T>,
  ): Promise<T> {
    return this.limits.limited(guessed, request, async () => {
      try {
        return await guess();
      } catch (error) {
        if (isWrongGuess(error)) {
          const { action, userId } = guessed;
          const details = { code: error.code };
          await recordAudit(this.dataSource.manager, { action, userId: userId ?? undefined, details });
        }
        throw error;
      }
    });
  }
}
