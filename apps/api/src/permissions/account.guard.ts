import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { defineAbility } from '@ponte/permissions';
import { Accounts } from '../accounts';
import { PERMISSION, WITHOUT_SECOND_FACTOR, type Permission } from '../platform/http/access';
import type { PonteRequest } from '../platform/http/caller';
import { RequestProblem } from '../platform/http/request-problem';

/**
 * Every route with an account in its address: a stranger to the account sees that nothing is there, a member whose role
 * may not is told so, and so is an administrator without the second factor that the account requires.
 */
@Injectable()
export class AccountGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly accounts: Accounts,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<PonteRequest>();
    const param = request.params['account_id'];
    if (param === undefined) return true;
    const permission = this.reflector.get<Permission | undefined>(PERMISSION, context.getHandler());
    if (permission === undefined) throw new Error('A route of an account names no permission.');

    const accountId = /^[1-9]\d{0,15}$/.test(String(param)) ? Number(param) : null;
    const caller = request.caller;
    if (caller === undefined || accountId === null) throw new RequestProblem('not_found');
    const membership = await this.accounts.membershipOf(caller.userId, accountId);
    if (membership === null) throw new RequestProblem('not_found');
    const { role, lacksSecondFactor } = membership;
    // Known before it is judged: a refusal is written down with its account.
    request.account = { accountId, role, caller };
    const isExempt = this.reflector.get<true | undefined>(WITHOUT_SECOND_FACTOR, context.getHandler());
    if (lacksSecondFactor && isExempt !== true) throw new RequestProblem('second_factor_required');
    if (!defineAbility(role).can(permission.action, permission.subject))
      throw new RequestProblem('not_allowed');
    return true;
  }
}
