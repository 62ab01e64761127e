import { StandardSchemaValidationPipe } from '@nestjs/common';
import { RequestProblem } from './request-problem';

/** Judges every `@Body({ schema })` and `@Query({ schema })`; what does not pass answers `request_invalid` by field. */
export const schemaValidation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new RequestProblem('request_invalid', {
      issues: issues.map(({ path }) => ({ field: fieldName(path), code: 'invalid' })),
    }),
});

type Path = readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;

function fieldName(path: Path): string {
  return (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
}
