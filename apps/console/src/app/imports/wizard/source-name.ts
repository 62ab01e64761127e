import type { Texts } from '../../i18n/texts';
import type { TableSource } from './wizard-types';

/** What a source is called on screen. */
export function sourceName(source: TableSource, t: Texts['t']): string {
  return 'file' in source ? source.file.name : t('wizard_file.pasted');
}
