import { SetMetadata } from '@nestjs/common';
import type { Action, Subject } from '@ponte/permissions';

export const IS_PUBLIC = 'ponte:public';
export const PERMISSION = 'ponte:permission';

export interface Permission {
  action: Action;
  subject: Subject;
}

/** This route needs no sign-in. */
export const Public = () => SetMetadata(IS_PUBLIC, true);

/** This route of an account needs that permission; a route of an account without one answers nobody. */
export const Can = (action: Action, subject: Subject) =>
  SetMetadata<string, Permission>(PERMISSION, { action, subject });
