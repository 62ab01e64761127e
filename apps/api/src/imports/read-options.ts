import { createImportSchema, type CreateImport } from '@ponte/contracts';
import { parseRequest, requestInvalid } from '../platform/http/validation';

/** The part `options` of an upload; without it, or with less than all of it, the usual. Throws `request_invalid`. */
export function readOptions(text: string | null): CreateImport {
  return parseRequest(createImportSchema, parseJson(text ?? '{}'), ['options']);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Expected: no JSON.
    throw requestInvalid([{ field: 'options', code: 'invalid' }]);
  }
}
