import { foldText } from './search-text';

/** How the column of reasons is called in a file of rejected rows: by the API, and by the console in its languages. */
const REASON_TITLES: ReadonlySet<string> = new Set(['errors', 'erros', 'errores']);

/** Whether a column with the title is the one of reasons that we put behind the others of a file of rejected rows. */
export function isReasonTitle(title: string): boolean {
  return REASON_TITLES.has(foldText(title));
}
