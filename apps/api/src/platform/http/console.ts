import compression from 'compression';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { join, relative } from 'node:path';

/** Addresses that belong to the service itself, however they are written; everything else is a page of the console. */
const OWN = /^\/+(api|health|metrics|caught-mail)(\/|$|\.)/i;

/** Names with a hash, and folders with a version, never change their content; the page that names them does. */
const FOR_GOOD = /-[A-Z0-9]{8,}\.\w+$|^fonts.[\w-]+-\d+\.\d+\.\d+\b/;

/** Addresses of files; a page has none of these. */
const FILE = /\.[a-z0-9]+$|^\/(media|assets)\//i;

/** Serves the built console: files by name, and its one page for every other address. A file that is missing is not there. */
export function serveConsole(directory: string): Router {
  const router = express.Router();
  router.use((request: Request, _response: Response, next: NextFunction) => {
    const isPage = request.method === 'GET' || request.method === 'HEAD';
    next(isPage && !OWN.test(request.path) ? undefined : 'router');
  });
  router.use(compression());
  router.use(
    express.static(directory, {
      index: false,
      setHeaders: (response, path) => {
        const isForGood = FOR_GOOD.test(relative(directory, path));
        response.setHeader('Cache-Control', isForGood ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  router.use((request: Request, response: Response, next: NextFunction) => {
    if (FILE.test(request.path)) return next();
    response.setHeader('Cache-Control', 'no-cache').sendFile(join(directory, 'index.html'));
  });
  return router;
}
