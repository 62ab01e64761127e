import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { CHATWOOT_MEMBERS, type ChatwootMember, type FieldIssue, type Route } from '@ponte/contracts';
import type { Observable } from 'rxjs';
import type { PonteRequest } from './caller';
import { RequestProblem } from './request-problem';
import { allowedMethods, pathOf, routeOf } from './route-table';
import { hasBody } from './small-bodies';
import { requestInvalid } from './validation';

/**
 * What holds for every request of the API before its schemas judge it: a route without a query or body takes none, a query
 * gives each member once, and members that Chatwoot's programs send are ignored or refused as `CHATWOOT_MEMBERS` says.
 */
export class KnownMembers implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<PonteRequest>();
    const route = routeOf(request);
    if (route !== undefined) {
      // `/contacts/filter` is no id of a contact: this method is not for it, whatever the rest of the request says.
      if (!allowedMethods(pathOf(request)).includes(request.method)) throw new RequestProblem('not_found');
      judge(request, route);
    }
    return next.handle();
  }
}

function judge(request: PonteRequest, route: Route): void {
  const query = { ...request.query };
  const body: unknown = request.body;
  const refused = takeChatwootMembers(route, query, body);
  const issues = [
    ...refused,
    ...repeatedMembers(query, refused),
    ...(route.query === undefined ? unknownMembers(query) : []),
    ...(route.body === undefined && route.file === undefined ? strayBody(request) : []),
  ];
  if (issues.length > 0) throw requestInvalid(issues);
  // Express reads the query anew at every access.
  Object.defineProperty(request, 'query', { value: query });
}

/** Every member of a query takes one value. */
function repeatedMembers(query: object, refused: readonly FieldIssue[]): FieldIssue[] {
  const repeated = Object.entries(query).filter(([, value]) => Array.isArray(value));
  return repeated
    .filter(([member]) => !refused.some(({ field }) => field === member))
    .map(([field]) => ({ field, code: 'repeated' }));
}

function unknownMembers(members: object): FieldIssue[] {
  return Object.keys(members).map((field) => ({ field, code: 'unknown' }));
}

/** A body that nothing would look at: it was meant for something. */
function strayBody(request: PonteRequest): FieldIssue[] {
  const body: unknown = request.body;
  if (Array.isArray(body)) return [{ field: '', code: 'invalid' }];
  if (typeof body === 'object' && body !== null) return unknownMembers(body);
  if (hasBody(request)) throw new RequestProblem('request_invalid');
  return [];
}

/** Takes out what is ignored, and answers what is refused. */
function takeChatwootMembers({ method, path }: Route, query: object, body: unknown): FieldIssue[] {
  const key = `${method} ${path.replace('/accounts/{account_id}', '')}`;
  return CHATWOOT_MEMBERS.filter(({ routes }) => routes.includes(key)).flatMap((listed) =>
    listed.members.flatMap((member) => takeMember(listed.part === 'query' ? query : body, member, listed)),
  );
}

function takeMember(holder: unknown, member: string, listed: ChatwootMember): FieldIssue[] {
  const [first = '', rest] = member.split('.');
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, first)) return [];
  const record = holder as Record<string, unknown>;
  const value = record[first];
  if (rest !== undefined) {
    if (!Array.isArray(value)) return [];
    return value.flatMap((item, index) =>
      takeMember(item, rest, listed).map((issue) => ({
        ...issue,
        field: `${first}.${index}.${issue.field}`,
      })),
    );
  }
  if (!listed.isIgnored(value)) return [{ field: first, code: 'unsupported' }];
  Reflect.deleteProperty(record, first);
  return [];
}
