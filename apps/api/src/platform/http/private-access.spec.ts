import { Controller, Get, Module, UseGuards } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { freePort } from '@ponte/testing';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testConfig } from '../../../test/setup/app-context';
import { ConfigModule } from '../config/config.module';
import { createHttpApp } from './create-http-app';
import { Drain } from './drain';
import { MetricsGuard, OwnMachineGuard } from './private-access';

@Controller()
class PrivateController {
  @Get('metrics')
  @UseGuards(MetricsGuard)
  metrics(): string {
    return 'figures';
  }

  @Get('caught-mail')
  @UseGuards(OwnMachineGuard)
  mails(): string {
    return 'mails';
  }
}

const TOKEN = 'a-token-of-metrics';
let directory: string;

async function open(env: Record<string, string>): Promise<{ app: NestExpressApplication; port: number }> {
  const port = await freePort();
  const config = testConfig('postgres://nobody@127.0.0.1:1/none', {
    PORT: String(port),
    PONTE_PUBLIC_URL: 'https://ponte.example',
    PONTE_METRICS_TOKEN: TOKEN,
    PONTE_CONSOLE_DIR: directory,
    ...env,
  });
  @Module({ imports: [ConfigModule.for(config)], controllers: [PrivateController], providers: [Drain] })
  class Private {}
  const app = await createHttpApp({ module: Private }, config);
  app.useLogger(false);
  await app.listen(port, '127.0.0.1');
  return { app, port };
}

function ask(port: number, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

let product: { app: NestExpressApplication; port: number };
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ponte-private-'));
  await mkdir(join(directory, 'media'));
  await writeFile(join(directory, 'index.html'), 'the page');
  await writeFile(join(directory, 'main.js'), 'the program');
  product = await open({});
});
afterAll(async () => {
  await product.app.close();
  await rm(directory, { recursive: true, force: true });
});

describe('figures of the service', () => {
  it.each<[string, Record<string, string>, number]>([
    ['on this machine', {}, 200],
    ['on this machine, by its name and another port', { host: 'LocalHost:1' }, 200],
    ['by a name that another site had point here', { host: 'evil.example' }, 401],
    ['through a proxy that adds no header', { host: 'ponte.example' }, 401],
    [
      'by the public address with the token',
      { host: 'ponte.example', authorization: `Bearer ${TOKEN}` },
      200,
    ],
    ['with the token', { authorization: `Bearer ${TOKEN}` }, 200],
    ['through a proxy', { 'x-forwarded-for': '203.0.113.7' }, 401],
    ['through a proxy that says so otherwise', { forwarded: 'for=203.0.113.7' }, 401],
    [
      'through a proxy with the token',
      { 'x-forwarded-for': '203.0.113.7', authorization: `Bearer ${TOKEN}` },
      200,
    ],
    [
      'through a proxy with another token',
      { via: '1.1 proxy', authorization: 'Bearer other-token-of-metrics' },
      401,
    ],
  ])('are given to whom asks %s', async (_, headers, status) => {
    expect(await ask(product.port, '/metrics', headers)).toBe(status);
  });
});

describe('caught e-mails', () => {
  it.each<[string, (port: number) => Record<string, string>, number]>([
    ['this machine by its number', (port) => ({ host: `127.0.0.1:${port}` }), 200],
    ['this machine by its name', (port) => ({ host: `LocalHost:${port}` }), 200],
    ['this machine by its other number', (port) => ({ host: `[::1]:${port}` }), 200],
    ['the public address', () => ({ host: 'ponte.example' }), 200],
    ['a name that another site had point here', () => ({ host: 'evil.example' }), 404],
    ['such a name with our port', (port) => ({ host: `evil.example:${port}` }), 404],
    ['a name that begins as ours', (port) => ({ host: `localhost.evil.example:${port}` }), 404],
    ['another port', () => ({ host: 'localhost:1' }), 404],
    [
      'this machine through a proxy',
      (port) => ({ host: `localhost:${port}`, 'x-forwarded-for': '10.0.0.1' }),
      404,
    ],
  ])('are shown to whom asks %s', async (_, headers, status) => {
    expect(await ask(product.port, '/caught-mail', headers(product.port))).toBe(status);
  });
});

describe('the embedded mode', () => {
  it('answers no other name than its own, whatever is asked for', async () => {
    const { app, port } = await open({ PONTE_CAUGHT_MAIL_DIR: directory, HOST: '127.0.0.1' });
    for (const path of ['/', '/main.js', '/metrics', '/caught-mail']) {
      expect([path, await ask(port, path, { host: `evil.example:${port}` })]).toEqual([path, 404]);
      expect([path, await ask(port, path, { host: 'ponte.example' })]).not.toEqual([path, 404]);
    }
    await app.close();
  });
});

describe('a file of the console', () => {
  it.each([
    ['/', 200],
    ['/accounts/1/contacts', 200],
    ['/accounts/1/imports/new?x=a.csv', 200],
    ['/main.js', 200],
    ['/main-OLDHASH1.js', 404],
    ['/media/figtree.woff2', 404],
    ['/assets/anything', 404],
    ['/favicon.png', 404],
  ])('%s: %i, and no page in place of what is missing', async (path, status) => {
    expect(await ask(product.port, path)).toBe(status);
  });
});
