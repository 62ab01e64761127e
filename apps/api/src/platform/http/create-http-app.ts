import { Logger, RequestMethod, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '../config/config';
import { PonteLogger } from '../log/logger';
import { observeRequests } from '../metrics/observe-requests';
import type { PonteRequest } from './caller';
import { serveConsole } from './console';
import { Drain } from './drain';
import { KnownMembers } from './known-members';
import { isOwnHost } from './private-access';
import { answerNotFound, ProblemFilter, writeProblem } from './problem.filter';
import { keepRequest } from './request-context';
import { RequestProblem } from './request-problem';
import { refuseCrossSiteWrites } from './same-origin';
import { endSlowBodies } from './small-bodies';
import { schemaValidation } from './validation';

/** The whole upload of a large file over a slow line must fit; `abortSlowUpload` ends the ones that hold a connection. */
const LONGEST_REQUEST_MS = 2 * 3600 * 1000;

/** The HTTP side of the product, not listening yet. */
export async function createHttpApp(module: DynamicModule, config: Config): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: new PonteLogger(config),
    abortOnError: false,
    bodyParser: false,
  });
  if (hasOpenCookie(config)) new Logger('Http').warn(OPEN_COOKIE);
  app.use(observeRequests);
  app.use(app.get(Drain).track);
  app.use(endSlowBodies);
  app.set('trust proxy', [...config.trustedProxies]);
  app.use(protections(config));
  app.use(keepRequest);
  if (isForThisMachine(config)) app.use(refuseOtherNames(config));
  app.use(/^\/+api(?=\/|$)/i, keepNothing);
  app.use(refuseCrossSiteWrites(new URL(config.publicUrl).origin));
  // Behind the protections: a body that cannot be read is answered with them, too.
  app.useBodyParser('json', { limit: '1mb' });
  app.setGlobalPrefix('api/v1', {
    exclude: [
      'health/*path',
      'metrics',
      'api/docs',
      'api/docs/*path',
      'caught-mail',
      'caught-mail/*path',
      'caught-mail.json',
    ].map((path) => ({ path, method: RequestMethod.ALL })),
  });
  app.useGlobalInterceptors(new KnownMembers());
  app.useGlobalPipes(schemaValidation);
  app.useGlobalFilters(new ProblemFilter());
  if (config.consoleDirectory !== null) app.use(serveConsole(config.consoleDirectory));
  await app.init();
  // Behind every route: what is outside the prefix would be answered by Express, in HTML.
  app.use((request: PonteRequest, response: Response) => answerNotFound(request, response));
  const server = app.getHttpServer();
  server.requestTimeout = LONGEST_REQUEST_MS;
  server.headersTimeout = 30_000;
  return app;
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

const OPEN_COOKIE =
  'PONTE_PUBLIC_URL begins with http: the session cookie is not secure and whoever is on the way can read it. ' +
  'Put a TLS proxy in front and set PONTE_PUBLIC_URL to its https address.';

/** Whether people elsewhere sign in without encryption. */
function hasOpenCookie({ publicUrl, host }: Config): boolean {
  return publicUrl.startsWith('http:') && !LOOPBACK.includes(host);
}

/** The embedded mode as it is by default: nothing but this machine reaches it. */
function isForThisMachine({ caughtMailDirectory, host }: Config): boolean {
  return caughtMailDirectory !== null && LOOPBACK.includes(host);
}

/** See `isOwnHost`: everything here is for the person at this machine. */
function refuseOtherNames(config: Config) {
  return (request: PonteRequest, response: Response, next: NextFunction): void => {
    if (isOwnHost(request, config)) next();
    else writeProblem(request, response, new RequestProblem('not_found'));
  };
}

/** Answers are about people: no browser and no proxy keeps them, also not for who signs in next. */
function keepNothing(_request: PonteRequest, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

function protections(config: Config) {
  const isSecure = config.publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // Angular and Swagger UI write their styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        workerSrc: ["'self'", 'blob:'],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        // On plain HTTP (one's own machine) an upgrade would only break the page.
        upgradeInsecureRequests: isSecure ? [] : null,
      },
    },
    hsts: isSecure,
    crossOriginOpenerPolicy: isSecure,
    originAgentCluster: isSecure,
  });
}
