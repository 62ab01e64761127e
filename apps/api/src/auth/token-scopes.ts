import type { TokenScope } from '@ponte/contracts';
import type { Action, Subject } from '@ponte/permissions';
import type { Permission } from '../platform/http/access';
import { RequestProblem } from '../platform/http/request-problem';

const ALL_OF = (scope: TokenScope): Record<Action, TokenScope> => ({
  read: scope,
  create: scope,
  update: scope,
  delete: scope,
});

/** The scope that a token needs for a permission. What is not named here, no token may do. */
const SCOPES: Partial<Record<Subject, Partial<Record<Action, TokenScope>>>> = {
  Contact: { ...ALL_OF('contacts'), read: 'read' },
  Member: { read: 'read' },
  Import: ALL_OF('imports'),
  Export: ALL_OF('exports'),
};

/** Throws unless a token of these scopes may call a route that needs this permission; a route without one is closed to it. */
export function assertTokenMay(scopes: readonly TokenScope[], permission: Permission | undefined): void {
  const scope = permission && SCOPES[permission.subject]?.[permission.action];
  if (scope === undefined) throw new RequestProblem('token_not_allowed');
  if (!scopes.includes(scope)) throw new RequestProblem('token_scope_missing', { params: { scope } });
}
