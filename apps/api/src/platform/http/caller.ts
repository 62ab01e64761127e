import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Locale, ProblemCode, Role, TokenScope } from '@ponte/contracts';
import type { Request } from 'express';

/** Who is asking. Set by the authentication guard. */
export interface Caller {
  userId: number;
  name: string;
  email: string;
  locale: Locale;
  /** A browser's cookie or a program's token. */
  via: 'session' | 'token';
  /** Which session, when it is one. */
  sessionId?: number;
  /** Which token, when it is one, and what it may do. */
  tokenId?: number;
  scopes?: readonly TokenScope[];
}

/** The account of the address and the caller's role in it. Set by the account guard. */
export interface AccountContext {
  accountId: number;
  role: Role;
  caller: Caller;
}

/** An Express request with what the guards found out; the only place where they are kept. */
export interface PonteRequest extends Request {
  caller?: Caller;
  account?: AccountContext;
  requestId?: string;
  /** The problem that it was answered with. */
  problem?: ProblemCode;
}

/** The signed-in caller. Fails when the route let somebody in without a sign-in. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<PonteRequest>();
  if (caller === undefined) throw new Error('A public route asked for its caller.');
  return caller;
});

/** The account that the route is about, with the caller's role. */
export const InAccount = createParamDecorator((_: unknown, context: ExecutionContext): AccountContext => {
  const { account } = context.switchToHttp().getRequest<PonteRequest>();
  if (account === undefined) throw new Error('A route without an account asked for it.');
  return account;
});
