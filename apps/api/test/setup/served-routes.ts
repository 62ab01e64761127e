import 'reflect-metadata';
import { RequestMethod, type DynamicModule, type Type } from '@nestjs/common';
import { HttpAppModule } from '../../src/http-app.module';
import { readConfig } from '../../src/platform/config/config';
import { IS_PUBLIC, PERMISSION, type Permission } from '../../src/platform/http/access';

// Nest's own names for what its decorators write down.
const PATH = 'path';
const METHOD = 'method';

export interface Handler {
  /** As in `ROUTES`: method and path. */
  key: string;
  isPublic: boolean;
  permission: Permission | undefined;
}

type Module = Type | DynamicModule;

/** The controllers of a module and of everything that it imports. */
function controllersOf(module: Module, seen = new Set<unknown>()): Type[] {
  const type = 'module' in module ? module.module : module;
  if (seen.has(type)) return [];
  seen.add(type);
  const dynamic: Partial<DynamicModule> = 'module' in module ? module : {};
  const listed = (key: 'controllers' | 'imports') => [
    ...((Reflect.getMetadata(key, type) as unknown[] | undefined) ?? []),
    ...((dynamic[key] as unknown[] | undefined) ?? []),
  ];
  const imported = listed('imports') as Module[];
  return [...(listed('controllers') as Type[]), ...imported.flatMap((inner) => controllersOf(inner, seen))];
}

function handlersOf(controller: Type): Handler[] {
  const base = Reflect.getMetadata(PATH, controller) as string;
  const prototype = controller.prototype as Record<string, object>;
  const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
  return names.flatMap((name) => {
    const handler = prototype[name];
    const path = handler && (Reflect.getMetadata(PATH, handler) as string | undefined);
    if (handler === undefined || path === undefined) return [];
    const method = RequestMethod[Reflect.getMetadata(METHOD, handler) as number] ?? '';
    const whole = `/${base}/${path}`
      .replace(/\/+/g, '/')
      .replace(/(.)\/$/, '$1')
      .replace(/:(\w+)/g, '{$1}');
    const isPublic = [handler, controller].some((target) => Reflect.getMetadata(IS_PUBLIC, target) === true);
    const permission = Reflect.getMetadata(PERMISSION, handler) as Permission | undefined;
    return [{ key: `${method.toLowerCase()} ${whole}`, isPublic, permission }];
  });
}

const config = readConfig({ DATABASE_URL: 'postgres://127.0.0.1/none', SMTP_URL: 'smtp://127.0.0.1' });
/** Every handler of the HTTP side. */
export const handlers: readonly Handler[] = controllersOf(HttpAppModule.for(config)).flatMap(handlersOf);
