import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { LOCALES, type Problem } from '@ponte/contracts';
import type { Response } from 'express';
import { describeFault } from '../log/describe-error';
import { pickLocale, problemText, requestIssuesText } from '../texts/texts';
import type { PonteRequest } from './caller';
import { closeUnreadBody } from './close-unread-body';
import { problemOf } from './problem-of';
import { RequestProblem, type ProblemDetails } from './request-problem';
import { allowedMethods, pathOf } from './route-table';

/** Turns everything thrown into `application/problem+json`. Faults keep their words in the log, not in the answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<PonteRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    // Nobody reads an answer any more: what was thrown says that the work was ended for that.
    if (response.destroyed && !response.headersSent) return;
    const problem = problemOf(thrown);
    if (problem.status >= 500 && !(thrown instanceof RequestProblem))
      this.log.error('fault', {
        event: 'fault',
        request_id: request.requestId,
        code: problem.code,
        error: describeFault(thrown),
      });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.code === 'not_found') answerNotFound(request, response);
    else writeProblem(request, response, problem);
  }
}

/** An address that is there but not for this method says which ones it takes. */
export function answerNotFound(request: PonteRequest, response: Response): void {
  const methods = allowedMethods(pathOf(request));
  const isQuestion = request.method === 'OPTIONS';
  if (methods.length === 0 || (methods.includes(request.method) && !isQuestion)) {
    writeProblem(request, response, new RequestProblem('not_found'));
    return;
  }
  response.setHeader('Allow', methods.join(', '));
  if (isQuestion) response.status(204).end();
  else writeProblem(request, response, new RequestProblem('method_not_allowed', { params: { methods } }));
}

/** Writes a problem in the language that the request asks for, else in the caller's own. */
export function writeProblem(request: PonteRequest, response: Response, problem: RequestProblem): void {
  const { code, status, details } = problem;
  request.problem = code;
  const locale = pickLocale(request.headers['accept-language'], request.caller?.locale ?? LOCALES[0]);
  const { title, detail: usual } = problemText(locale, code, details.params ?? {}, details.line);
  const detail = (code === 'request_invalid' && requestIssuesText(locale, details.issues ?? [])) || usual;
  const body: Problem = {
    type: `https://ponte.invalid/problems/${code}`,
    title,
    status,
    code,
    detail,
    ...optional(details),
    ...(status >= 500 && request.requestId !== undefined ? { request_id: request.requestId } : {}),
    // Programs written for Chatwoot look for this text when the file is empty.
    error: code === 'import_empty_file' || code === 'upload_no_file' ? 'File is blank' : detail,
  };
  response.locals['code'] = code;
  if (details.retryAfterSeconds !== undefined) response.setHeader('Retry-After', details.retryAfterSeconds);
  closeUnreadBody(request, response);
  response.status(status).setHeader('Content-Language', locale);
  response.type('application/problem+json').send(JSON.stringify(body));
}

function optional({ line, params, issues }: ProblemDetails): Partial<Problem> {
  return {
    ...(line === undefined ? {} : { line }),
    ...(params === undefined ? {} : { params }),
    ...(issues === undefined ? {} : { issues: [...issues] }),
  };
}
