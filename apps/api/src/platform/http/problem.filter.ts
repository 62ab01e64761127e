import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { LOCALES, type Problem, type ProblemCode } from '@ponte/contracts';
import type { Response } from 'express';
import { QueryFailedError } from 'typeorm';
import { describeFault } from '../log/describe-error';
import { pickLocale, problemText } from '../texts/texts';
import type { PonteRequest } from './caller';
import { RequestProblem, type ProblemDetails } from './request-problem';

/** Turns everything thrown into `application/problem+json`. Faults keep their words in the log, not in the answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('Http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<PonteRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = asRequestProblem(thrown);
    if (problem.code === 'internal')
      this.log.error('fault', {
        event: 'fault',
        request_id: request.requestId,
        error: describeFault(thrown),
      });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    writeProblem(request, response, problem);
  }
}

/** Writes a problem in the language that the request asks for, else in the caller's own. */
export function writeProblem(request: PonteRequest, response: Response, problem: RequestProblem): void {
  const { code, status, details } = problem;
  const locale = pickLocale(request.headers['accept-language'], request.caller?.locale ?? LOCALES[0]);
  const { title, detail } = problemText(locale, code, details.params ?? {}, details.line);
  const body: Problem = {
    type: `https://ponte.invalid/problems/${code}`,
    title,
    status,
    code,
    detail,
    ...optional(details),
    ...(code === 'internal' && request.requestId !== undefined ? { request_id: request.requestId } : {}),
    // Programs written for Chatwoot look for this text when the file is empty.
    error: code === 'import_empty_file' || code === 'upload_no_file' ? 'File is blank' : detail,
  };
  response.locals['code'] = code;
  if (details.retryAfterSeconds !== undefined) response.setHeader('Retry-After', details.retryAfterSeconds);
  // Who sends a byte now and then would keep the connection for ever.
  if (code === 'upload_too_slow') response.setHeader('Connection', 'close');
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

function asRequestProblem(thrown: unknown): RequestProblem {
  if (thrown instanceof RequestProblem) return thrown;
  if (thrown instanceof HttpException) return new RequestProblem(codeOfStatus(thrown.getStatus()));
  // body-parser throws plain errors with a status for JSON that it cannot read.
  if (hasStatus(thrown)) return new RequestProblem(codeOfStatus(thrown.status));
  if (isUnstorableText(thrown)) return new RequestProblem('request_invalid');
  return new RequestProblem('internal');
}

/** PostgreSQL's words for a NUL in a text: JSON and addresses may carry it, and no column can hold it. */
function isUnstorableText(thrown: unknown): boolean {
  return (
    thrown instanceof QueryFailedError &&
    'code' in thrown &&
    (thrown.code === '22021' || thrown.code === '22P05')
  );
}

function codeOfStatus(status: number): ProblemCode {
  if (status === 401) return 'sign_in_required';
  if (status === 403) return 'not_allowed';
  if (status === 404 || status === 405) return 'not_found';
  return status < 500 ? 'request_invalid' : 'internal';
}

function hasStatus(thrown: unknown): thrown is { status: number } {
  return (
    typeof thrown === 'object' && thrown !== null && 'status' in thrown && typeof thrown.status === 'number'
  );
}
