import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { IS_PUBLIC } from '../platform/http/access';
import type { Caller, PonteRequest } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';
import { AccessTokens } from './access-tokens';
import { Sessions } from './sessions';

/** Every route asks who is calling, unless it says `@Public()`. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PonteRequest>();
    const caller = await this.callerOf(request);
    if (caller !== null) request.caller = caller;
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (caller === null && isPublic !== true) throw new RequestProblem('sign_in_required');
    return true;
  }

  private async callerOf(request: PonteRequest): Promise<Caller | null> {
    const token = tokenOf(request);
    return token === null ? this.sessions.callerOf(request) : this.tokens.callerOf(token);
  }
}

/** A token in Chatwoot's header or as a bearer; a request that shows one is judged by it alone. */
function tokenOf(request: PonteRequest): string | null {
  const header = request.headers['api_access_token'] ?? request.headers['api-access-token'];
  if (typeof header === 'string') return header;
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '');
  return bearer?.[1] ?? null;
}
