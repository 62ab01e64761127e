import { inject, Injectable } from '@angular/core';
import type { Params } from '@ponte/contracts';
import type { CallProblem } from '../http/call-problem';
import { isolate } from './format';
import { Formats } from './formats';
import { Texts, type TextParams } from './texts';

const LIMITS_IN_BYTES: ReadonlySet<string> = new Set(['import_too_large', 'import_cell_too_large']);

/** What happened and what to do about it, both as sentences. */
export interface ProblemText {
  what: string;
  todo: string | null;
}

/** Sentences for codes; where the console has no text for a code, the server's own sentence is shown. */
@Injectable({ providedIn: 'root' })
export class ProblemTexts {
  private readonly texts = inject(Texts);
  private readonly formats = inject(Formats);

  of(problem: CallProblem): ProblemText {
    return {
      what: this.what('problems', problem.code, problem.params) ?? problem.detail,
      todo: this.what('what_to_do', problem.code, problem.params),
    };
  }

  /** Why a run stopped. */
  ofFailure(code: string, params: Params = {}): ProblemText {
    return {
      what:
        this.what('failures', code, params) ??
        this.what('problems', code, params) ??
        this.texts.t('failures.unknown'),
      todo: this.what('what_to_do', code, params),
    };
  }

  /** Why a row was not imported, or cannot be imported as it is. */
  ofRejection(code: string): string {
    return this.what('rejections', code, {}) ?? this.what('assisted', code, {}) ?? code;
  }

  /** Why a field of a form is not accepted: a reason of the contact rules, or one that only the server knows. */
  ofField(code: string): string {
    return this.what('rejections', code, {}) ?? this.what('problems', code, {}) ?? code;
  }

  private what(group: string, code: string, params: Params): string | null {
    return this.texts.find(`${group}.${code}`, this.readable(code, params));
  }

  /** Values that come from a file are isolated; delimiters have names, numbers are written as the language does. */
  private readable(code: string, params: Params): TextParams {
    const readable: Record<string, string | number> = {};
    for (const [name, value] of Object.entries(params)) {
      if (Array.isArray(value)) readable[name] = value.map(isolate).join(', ');
      else if (typeof value === 'number') readable[name] = this.number(code, name, value);
      else readable[name] = this.texts.find(`delimiters.${value}`) ?? isolate(value);
    }
    return readable;
  }

  private number(code: string, name: string, value: number): string {
    return name === 'limit' && LIMITS_IN_BYTES.has(code)
      ? this.formats.bytes(value)
      : this.formats.number(value);
  }
}
