import { inject, Injectable } from '@angular/core';
import { isolate } from '../../i18n/format';
import { Formats } from '../../i18n/formats';
import type { ProblemText } from '../../i18n/problem-texts';
import { Texts, type TextParams } from '../../i18n/texts';
import type { TableProblem } from './wizard-types';

const LIMITS_IN_BYTES: ReadonlySet<string> = new Set(['cell_too_large', 'too_large_unpacked']);

/** Formats that share their words. The others are named by themselves, or are just no spreadsheet. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ...['png', 'jpeg', 'gif', 'tiff'].map((format) => [format, 'image'] as const),
  ...['zip', 'gzip', '7z', 'rar'].map((format) => [format, 'archive'] as const),
  ...['doc', 'docx', 'odt', 'rtf', 'ppt', 'pptx', 'odp'].map((format) => [format, 'document'] as const),
]);

/** Why a spreadsheet cannot be read, in words: what happened, and what to do about it. */
@Injectable({ providedIn: 'root' })
export class TableProblemTexts {
  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);

  of({ code, params }: TableProblem): ProblemText {
    const { t } = this.texts;
    if (code === 'unsupported_type') return this.ofFormat(String(params['format']));
    const readable = this.readable(code, params);
    // A limit that did not come leaves a sentence without it.
    const isRow = code === 'cell_too_large' && params['of'] === 'row';
    const what =
      this.texts.find(`table_problems.${isRow ? 'row_too_large' : code}`, readable) ??
      t('table_problems.unreadable');
    return { what, todo: this.texts.find(`table_todo.${code}`, readable) };
  }

  private ofFormat(given: string): ProblemText {
    const format = FAMILIES.get(given) ?? given;
    const known = this.texts.find(`table_formats.${format}`) ?? this.texts.t('table_formats.binary');
    return {
      what: this.texts.t('table_problems.unsupported_type', { format: known }),
      todo: this.texts.find(`table_format_todo.${format}`) ?? this.texts.t('table_todo.unsupported_type'),
    };
  }

  private readable(code: string, params: TableProblem['params']): TextParams {
    const readable = Object.entries(params).map(([name, value]) => {
      if (typeof value === 'string') return [name, isolate(value)];
      return [name, LIMITS_IN_BYTES.has(code) ? this.formats.bytes(value) : this.formats.number(value)];
    });
    return Object.fromEntries(readable) as TextParams;
  }
}
