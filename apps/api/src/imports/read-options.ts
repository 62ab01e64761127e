import { createImportSchema, type CreateImport } from '@ponte/contracts';
import { RequestProblem } from '../platform/http/request-problem';

/** The part `options` of an upload; without it, or with less than all of it, the usual. Throws `request_invalid`. */
export function readOptions(text: string | null): CreateImport {
  try {
    return createImportSchema.parse(JSON.parse(text ?? '{}'));
  } catch {
    // Expected: no JSON, or options that do not exist.
    throw new RequestProblem('request_invalid', { issues: [{ field: 'options', code: 'invalid' }] });
  }
}
