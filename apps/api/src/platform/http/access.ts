import { SetMetadata } from '@nestjs/common';
import type { Action, Subject } from '@ponte/permissions';

export const IS_PUBLIC = 'ponte:public';
export const PERMISSION = 'ponte:permission';
export const ANY_TOKEN = 'ponte:any-token';
export const WITHOUT_SECOND_FACTOR = 'ponte:without-second-factor';

export interface Permission {
  action: Action;
  subject: Subject;
}

/** This route needs no sign-in. */
export const Public = () => SetMetadata(IS_PUBLIC, true);

/** This route of an account needs that permission; a route of an account without one answers nobody. */
export const Can = (action: Action, subject: Subject) =>
  SetMetadata<string, Permission>(PERMISSION, { action, subject });

/** Any access token may call this route, whatever its scopes. */
export const AnyToken = () => SetMetadata(ANY_TOKEN, true);

/** Administrators may call this route of an account without the second factor that the account requires. */
export const WithoutSecondFactor = () => SetMetadata(WITHOUT_SECOND_FACTOR, true);
