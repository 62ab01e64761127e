export { Retention } from './retention';
export { EXPORT_QUERY_GONE, IMPORT_NAMES_GONE } from './rules';
