import type { Output, OutputRequest } from '../wizard-types';
import type { ReviewedTable } from './reviewed-table';
import type { OnProgress } from './serve-table-calls';

export function writeOutput(_table: ReviewedTable, request: OutputRequest, _onProgress: OnProgress): Output {
  throw new Error(`not written yet: ${request.kind}`);
}
