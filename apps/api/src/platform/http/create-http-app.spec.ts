import {
  Body,
  Controller,
  Get,
  HttpException,
  Module,
  NotFoundException,
  Param,
  Post,
  Res,
} from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { LOCALES, PROBLEM_CODES, problemSchema, type Problem, type ProblemCode } from '@ponte/contracts';
import type { Response } from 'express';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { QueryFailedError } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { testConfig } from '../../../test/setup/app-context';
import { createHttpApp } from './create-http-app';
import { Drain } from './drain';
import { IdPipe } from './id.pipe';
import { RequestProblem, type ProblemDetails } from './request-problem';

const SECRET = 'password=hunter2 at /srv/ponte/users.ts';
const databaseError = (code: string) =>
  new QueryFailedError('SELECT secret', [], Object.assign(new Error(SECRET), { code }));

const systemError = (code: string) => Object.assign(new Error(SECRET), { code });

/** What the controller throws, by the word in the address. */
const THROWN = new Map<string, unknown>([
  ['error', new Error(SECRET)],
  ['text', SECRET],
  ['nothing', undefined],
  ['database', databaseError('42P01')],
  ['nul', databaseError('22021')],
  ['nul-in-json', databaseError('22P05')],
  ['not-found', new NotFoundException(SECRET)],
  ['forbidden', new HttpException(SECRET, 403)],
  ['unauthorised', new HttpException(SECRET, 401)],
  ['teapot', new HttpException(SECRET, 418)],
  ['bad-gateway', new HttpException(SECRET, 502)],
  ...['08006', '53300', '57P01', '57P03', '40001', '25006'].map(
    (code) => [code, databaseError(code)] as const,
  ),
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN'].map(
    (code) => [code, systemError(code)] as const,
  ),
  ['no-connection-free', new Error('timeout exceeded when trying to connect')],
  ['connection-lost', new Error('Connection terminated unexpectedly')],
  ['redis', Object.assign(new Error(SECRET), { name: 'MaxRetriesPerRequestError' })],
  ['redis-closed', new Error('Connection is closed.')],
  ['53100', databaseError('53100')],
  ...['ENOSPC', 'EDQUOT'].map((code) => [code, systemError(code)] as const),
  ['bucket-full', Object.assign(new Error(SECRET), { name: 'XMinioStorageFull' })],
]);

let details: ProblemDetails = {};

@Controller('test')
class ThrowingController {
  @Get('problems/:code')
  problem(@Param('code') code: ProblemCode): never {
    throw new RequestProblem(code, details);
  }

  @Get('faults/:what')
  fault(@Param('what') what: string): never {
    throw THROWN.get(what);
  }

  @Get('late')
  late(@Res() response: Response): never {
    response.write('half an answer');
    throw new Error(SECRET);
  }

  @Get('ids/:id')
  id(@Param('id', IdPipe) id: number): { id: number } {
    return { id };
  }

  @Post('bodies')
  body(
    @Body({ schema: z.strictObject({ name: z.string(), inner: z.strictObject({ count: z.number() }) }) })
    body: object,
  ): object {
    return body;
  }

  @Post('auth/sign_in')
  signIn(): object {
    return {};
  }
}

@Module({ controllers: [ThrowingController], providers: [Drain] })
class ThrowingModule {}

let app: NestExpressApplication;
let url: string;

beforeAll(async () => {
  const config = testConfig('postgres://nobody@127.0.0.1:1/none', {
    PONTE_PUBLIC_URL: 'https://ponte.example',
  });
  app = await createHttpApp({ module: ThrowingModule }, config);
  app.useLogger(false);
  await app.listen(0, '127.0.0.1');
  url = `${(await app.getUrl()).replace('[::1]', '127.0.0.1')}/api/v1/test`;
});
afterAll(() => app.close());

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  problem: Problem;
}

/** Sends exactly these headers: `fetch` would add and refuse some. */
async function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = request(`${url}${path}`, { method, headers }, (response) => {
      text(response).then((answer) => {
        const isProblem = String(response.headers['content-type']).startsWith('application/problem+json');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: answer,
          problem: (isProblem ? JSON.parse(answer) : {}) as Problem,
        });
      }, reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

describe('a problem', () => {
  const EVERY = PROBLEM_CODES.flatMap((code) => LOCALES.map((locale) => [code, locale] as const));
  it.each(EVERY)('%s is told in %s', async (code, locale) => {
    details = {};
    const { status, headers, problem } = await ask(`/problems/${code}`, { 'accept-language': locale });
    expect(problemSchema.parse(problem)).toEqual(problem);
    expect(problem).toMatchObject({ code, status, type: `https://ponte.invalid/problems/${code}` });
    expect(status).toBe(new RequestProblem(code).status);
    expect(headers['content-language']).toBe(locale);
    expect(problem.title.length).toBeGreaterThan(3);
    expect(problem.detail.length).toBeGreaterThan(10);
    // A place that nothing was written into, or a code instead of a sentence.
    expect(`${problem.title} ${problem.detail}`).not.toMatch(/[{}[\]|#]|undefined/);
    expect(problem.detail).not.toContain(code);
  });

  it('is said differently in each language', async () => {
    details = {};
    for (const code of PROBLEM_CODES) {
      const answers = await Promise.all(
        LOCALES.map((locale) => ask(`/problems/${code}`, { 'accept-language': locale })),
      );
      expect(new Set(answers.map(({ problem }) => problem.detail)).size).toBe(LOCALES.length);
    }
  });

  it('says the line and the parameters, in the sentence and beside it', async () => {
    details = { line: 1_234, params: { columns: ['name', 'phone_number'] } };
    const { problem } = await ask('/problems/import_missing_column', { 'accept-language': 'en' });
    expect(problem).toMatchObject({ line: 1_234, params: { columns: ['name', 'phone_number'] } });
    expect(problem.detail).toContain('name and phone_number');
  });

  it('says when to come back', async () => {
    details = { retryAfterSeconds: 17, params: { seconds: 17 } };
    const { status, headers, problem } = await ask('/problems/too_many_requests', {
      'accept-language': 'en',
    });
    expect([status, headers['retry-after']]).toEqual([429, '17']);
    expect(problem.detail).toContain('17');
  });

  it('lists the fields that did not pass', async () => {
    details = { issues: [{ field: 'phone_number', code: 'phone_taken' }] };
    const { problem } = await ask('/problems/phone_taken');
    expect(problem.issues).toEqual([{ field: 'phone_number', code: 'phone_taken' }]);
  });

  it.each([
    ['import_empty_file', 'File is blank'],
    ['upload_no_file', 'File is blank'],
  ])('%s carries the text that programs written for Chatwoot look for', async (code, error) => {
    details = {};
    expect((await ask(`/problems/${code}`)).problem.error).toBe(error);
  });

  it.each([
    [undefined, 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['en-US,en;q=0.9,pt;q=0.8', 'en'],
    ['pt;q=0.1, es;q=0.9', 'es'],
    ['de, fr;q=0.5', 'pt-BR'],
    ['x'.repeat(5_000), 'pt-BR'],
  ])('for a request in %j is told in %s', async (language, locale) => {
    details = {};
    const { headers } = await ask(
      '/problems/not_found',
      language === undefined ? {} : { 'accept-language': language },
    );
    expect(headers['content-language']).toBe(locale);
  });
});

describe('a fault', () => {
  const FAULTS: [string, number, ProblemCode][] = [
    ['error', 500, 'internal'],
    ['text', 500, 'internal'],
    ['nothing', 500, 'internal'],
    ['database', 500, 'internal'],
    ['bad-gateway', 500, 'internal'],
    ['nul', 422, 'request_invalid'],
    ['nul-in-json', 422, 'request_invalid'],
    ['not-found', 404, 'not_found'],
    ['forbidden', 403, 'not_allowed'],
    ['unauthorised', 401, 'sign_in_required'],
    ['teapot', 422, 'request_invalid'],
  ];
  const AWAY = [
    ...['08006', '53300', '57P01', '57P03', '40001', '25006'],
    ...[
      'ECONNREFUSED',
      'ECONNRESET',
      'ETIMEDOUT',
      'EAI_AGAIN',
      'no-connection-free',
      'connection-lost',
      'redis',
      'redis-closed',
    ],
  ];
  it.each(AWAY)('that passes says when to come back: %s', async (what) => {
    const answer = await ask(`/faults/${what}`, { 'accept-language': 'en' });
    expect([answer.status, answer.problem.code, answer.headers['retry-after']]).toEqual([
      503,
      'unavailable',
      '5',
    ]);
    expect(answer.problem.detail).toContain('5 seconds');
    expect(answer.text).not.toMatch(/hunter2|srv|SELECT|stack|\.ts/);
  });

  it.each(['53100', 'ENOSPC', 'EDQUOT', 'bucket-full'])('says that there is no room: %s', async (what) => {
    const answer = await ask(`/faults/${what}`);
    expect([answer.status, answer.problem.code]).toEqual([507, 'storage_full']);
    expect(answer.text).not.toContain('hunter2');
  });

  it.each(FAULTS)('%s answers %i and reveals nothing', async (what, status, code) => {
    const answer = await ask(`/faults/${what}`);
    expect([answer.status, answer.problem.code]).toEqual([status, code]);
    expect(answer.text).not.toMatch(/hunter2|srv|SELECT|stack|\.ts/);
    expect(answer.headers['x-powered-by']).toBeUndefined();
    if (code === 'internal') expect(answer.problem.request_id).toBe(answer.headers['x-request-id']);
    else expect(answer.problem.request_id).toBeUndefined();
  });

  it('in the middle of an answer breaks the connection, so that half an answer is not taken for a whole one', async () => {
    await expect(ask('/late')).rejects.toThrow();
    expect((await ask('/ids/1')).status).toBe(200);
  });
});

describe('a request that cannot be read', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };
  it.each([
    ['broken JSON', JSON_TYPE, '{"name":', 422, 'request_invalid'],
    ['JSON that is no object', JSON_TYPE, '"text"', 422, 'request_invalid'],
    ['another type', { 'content-type': 'text/plain' }, 'name', 422, 'request_invalid'],
    ['no body', {}, '', 422, 'request_invalid'],
    ['a body too large', JSON_TYPE, JSON.stringify({ name: 'x'.repeat(1_100_000) }), 422, 'request_invalid'],
    [
      'another character set',
      { 'content-type': 'application/json; charset=klingon' },
      '{}',
      422,
      'request_invalid',
    ],
  ])('%s', async (_, headers, body, status, code) => {
    const answer = await ask('/bodies', headers, 'POST', body);
    expect([answer.status, answer.problem.code]).toEqual([status, code]);
  });

  it('names the fields that do not pass, and not what they hold', async () => {
    const { problem, text: answer } = await ask(
      '/bodies',
      JSON_TYPE,
      'POST',
      '{"name":7,"inner":{"count":"hunter2"}}',
    );
    expect(problem).toMatchObject({
      code: 'request_invalid',
      issues: [
        { field: 'name', code: 'invalid' },
        { field: 'inner.count', code: 'invalid' },
      ],
    });
    expect(answer).not.toContain('hunter2');
  });

  it.each(['0', '-1', '1.5', '01', 'abc', '1e3', '%00', '99999999999999999', ' 1', '٣', '1%2F2'])(
    'an id that cannot be one is not there: %s',
    async (id) => {
      expect((await ask(`/ids/${encodeURI(id).replace('%25', '%')}`)).status).toBe(404);
    },
  );
  it('an id is a number', async () => {
    expect((await ask('/ids/9007199254740991')).text).toBe('{"id":9007199254740991}');
  });

  it('an address that nobody serves is not there', async () => {
    expect(await ask('/nobody')).toMatchObject({ status: 404, problem: { code: 'not_found' } });
  });
});

describe('a write', () => {
  const OWN = 'https://ponte.example';
  const COOKIE = { cookie: 'other=1; ponte_session=abc' };
  const SECURE_COOKIE = { cookie: '__Host-ponte_session=abc' };
  const WRITES: [string, Record<string, string>, boolean][] = [
    ['of a program without a cookie', {}, true],
    ['from another origin', { origin: 'https://other.example' }, false],
    ['of another site without our cookie', { 'sec-fetch-site': 'cross-site', cookie: 'other=1' }, false],
    ['of another site that shows a token', { 'sec-fetch-site': 'cross-site', api_access_token: 'abc' }, true],
    [
      'of another site that shows a bearer',
      { origin: 'https://o.example', authorization: 'Bearer abc' },
      true,
    ],
    [
      'of another site that shows a password',
      { origin: 'https://o.example', authorization: 'Basic abc' },
      false,
    ],
    ['with our cookie and nothing said, as programs do', COOKIE, true],
    ['with our cookie from our own page', { ...COOKIE, 'sec-fetch-site': 'same-origin' }, true],
    ['with our cookie from the address bar', { ...COOKIE, 'sec-fetch-site': 'none' }, true],
    ['with our cookie from another site', { ...COOKIE, 'sec-fetch-site': 'cross-site' }, false],
    ['with our secure cookie from another site', { ...SECURE_COOKIE, 'sec-fetch-site': 'cross-site' }, false],
    ['with our cookie from a sibling site', { ...COOKIE, 'sec-fetch-site': 'same-site' }, false],
    ['with our cookie and an unknown word', { ...COOKIE, 'sec-fetch-site': 'whatever' }, false],
    ['with our cookie and our public origin', { ...COOKIE, origin: OWN }, true],
    [
      'with our cookie and the origin of the host asked',
      { ...COOKIE, origin: 'http://ponte.test', host: 'ponte.test' },
      true,
    ],
    ['with our cookie and another origin', { ...COOKIE, origin: 'https://other.example' }, false],
    [
      'with our cookie and an origin that only begins like ours',
      { ...COOKIE, origin: `${OWN}.evil.example` },
      false,
    ],
    ['with our cookie and another port', { ...COOKIE, origin: `${OWN}:8443` }, false],
    ['with our cookie and a hidden origin', { ...COOKIE, origin: 'null' }, false],
    [
      'with our cookie, where the browser’s word counts more than the origin',
      { ...COOKIE, 'sec-fetch-site': 'cross-site', origin: OWN },
      false,
    ],
  ];
  it.each(WRITES)('%s', async (_, headers, isAllowed) => {
    for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
      const { status, problem } = await ask('/bodies', headers, method);
      if (isAllowed) expect(problem.code).not.toBe('cross_site_request');
      else expect([status, problem.code]).toEqual([403, 'cross_site_request']);
    }
  });

  it.each(['/auth/sign_in', '/auth/sign_in/', '/auth/SIGN_IN', '/Auth//sign_in', '/nowhere'])(
    'from another site is refused however the address is written: %s',
    async (path) => {
      for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://other.example' }])
        expect((await ask(path, headers, 'POST')).problem.code).toBe('cross_site_request');
    },
  );

  it('that signs in passes from our own page', async () => {
    expect((await ask('/auth/sign_in', { 'sec-fetch-site': 'same-origin' }, 'POST')).status).toBe(201);
    expect((await ask('/auth/sign_in', {}, 'POST')).status).toBe(201);
  });

  it.each(['GET', 'HEAD'])('is not what %s is', async (method) => {
    expect((await ask('/ids/1', { ...COOKIE, 'sec-fetch-site': 'cross-site' }, method)).status).toBe(200);
  });
});

describe('every answer', () => {
  it('protects the page that shows it', async () => {
    const { headers } = await ask('/ids/1');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'strict-transport-security': expect.stringContaining('max-age=') as string,
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('has a request id of its own', async () => {
    const [one, other] = [await ask('/ids/1', { 'x-request-id': 'mine' }), await ask('/ids/1')];
    expect(one.headers['x-request-id']).not.toBe(other.headers['x-request-id']);
    expect(one.headers['x-request-id']).not.toBe('mine');
  });
});
