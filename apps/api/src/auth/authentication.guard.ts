import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ANY_TOKEN, IS_PUBLIC, PERMISSION, type Permission } from '../platform/http/access';
import type { Caller, PonteRequest } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { shownToken } from '../platform/http/shown-token';
import { AccessTokens } from './access-tokens';
import { Sessions } from './sessions';
import { assertTokenMay } from './token-scopes';

/** Every route asks who is calling, unless it says `@Public()`; a token gets no further than its scopes. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PonteRequest>();
    const token = shownToken(request);
    // A request that shows a token is judged by it alone.
    const caller = token === null ? await this.sessions.callerOf(request) : await this.tokens.callerOf(token);
    if (this.says<true>(context, IS_PUBLIC) === true) {
      // A public route that treats a signed-in person differently must not do so for a program.
      if (caller?.via === 'session') request.caller = caller;
      return true;
    }
    if (caller === null) throw new RequestProblem('sign_in_required');
    if (caller.via === 'token') this.assertTokenMay(caller, context);
    request.caller = caller;
    return true;
  }

  private assertTokenMay({ scopes = [] }: Caller, context: ExecutionContext): void {
    if (this.says<true>(context, ANY_TOKEN) !== true)
      assertTokenMay(scopes, this.says<Permission>(context, PERMISSION));
  }

  private says<Value>(context: ExecutionContext, key: string): Value | undefined {
    return this.reflector.getAllAndOverride<Value | undefined>(key, [
      context.getHandler(),
      context.getClass(),
    ]);
  }
}
