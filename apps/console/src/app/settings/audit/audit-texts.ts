import { inject, Injectable } from '@angular/core';
import {
  type AuditAction,
  type AuditEventView,
  ERASURE_PLACES,
  type Params,
  RUN_STATES,
  ROLES,
  TOKEN_SCOPES,
} from '@ponte/contracts';
import { Formats } from '../../i18n/formats';
import { Texts } from '../../i18n/texts';

type Detail = Params[string];

/** The actor of what the service did by itself. */
const PRODUCT = 'Ponte';

/** Actions whose subject is a person who signs in. */
const ABOUT_PEOPLE: readonly AuditAction[] = ['member_removed', 'role_changed'];

/** What has words, in the order in which it is shown. */
const DETAILS = [
  ...(['role', 'scopes', 'state', 'created', 'updated', 'failed', 'fields', 'changed'] as const),
  ...(['code', 'route', 'by', 'left'] as const),
] as const;

/** An event of the audit in words. */
@Injectable({ providedIn: 'root' })
export class AuditTexts {
  private readonly texts = inject(Texts);
  private readonly number = inject(Formats).number;

  readonly what = (action: AuditAction): string => this.texts.t(`audit.actions.${action}`);

  who({ actor, via }: AuditEventView): string {
    if (actor !== null) return actor.name;
    if (via === 'service') return PRODUCT;
    return this.texts.t(via === 'anonymous' ? 'audit.unknown' : 'fields.deleted_person');
  }

  /** How the actor was known. */
  way({ via, details }: AuditEventView): string {
    return this.texts.t(`audit.ways.${via}`, { id: String(details['token_id'] ?? '?') });
  }

  /**
   * What else is known, each a short text. `people` are the names of the present members by their ids. What has no words is
   * left out: the CSV has it.
   */
  details(
    { action, subject_id: id, details }: AuditEventView,
    people: ReadonlyMap<number, string>,
  ): string[] {
    return [
      ...(ABOUT_PEOPLE.includes(action) && id !== null ? [this.person(id, people)] : []),
      ...(action.startsWith('contact_') && id !== null
        ? [this.texts.t('audit.subjects.contact', { id })]
        : []),
      ...DETAILS.flatMap((name) => {
        const value = details[name];
        return value === undefined ? [] : (this.detail(name, value) ?? []);
      }),
      ...this.erased(details),
    ];
  }

  person(id: number, people: ReadonlyMap<number, string>): string {
    return people.get(id) ?? this.texts.t('audit.person_number', { id });
  }

  private detail(name: (typeof DETAILS)[number], value: Detail): string | null {
    const { t, n } = this.texts;
    switch (name) {
      case 'role':
        return this.codes(value, ROLES, (role) => t(`roles.${role}`));
      case 'scopes':
        return this.codes(value, TOKEN_SCOPES, (scope) => t(`tokens.scopes.${scope}`));
      case 'state':
        return this.codes(value, RUN_STATES, (state) => t(`states.${state}`));
      case 'fields':
        return this.codes(value, ['name', 'phone_number', 'email'], (field) => t(`fields.${field}`));
      case 'changed':
        return this.codes(value, ['name', 'requires_second_factor'], (field) => t(`audit.changed.${field}`));
      case 'code':
        return this.refusal(String(value));
      case 'route':
        return value === 'other' ? null : t('audit.route', { route: String(value) });
      case 'by':
        return value === 'operator' ? t('audit.by_operator') : null;
      case 'left':
        return typeof value === 'number' ? n('audit.codes_left', value) : null;
      case 'created':
      case 'updated':
      case 'failed':
        return typeof value === 'number' ? `${t(`outcomes.${name}`)}: ${this.number(value)}` : null;
    }
  }

  /** The words of the codes that are known; null when there is none. */
  private codes<Code extends string>(
    value: Detail,
    known: readonly Code[],
    text: (code: Code) => string,
  ): string | null {
    const given = [value].flat();
    const words = known.filter((code) => given.includes(code)).map(text);
    return words.length === 0 ? null : words.join(', ');
  }

  /** The sentence of a code. Some sentences have places for what was seen, which the audit does not keep: those have another. */
  private refusal(code: string): string {
    return this.texts.find(`problems.${code}`) ?? this.texts.find(`audit.refusals.${code}`) ?? code;
  }

  private erased(details: Params): string[] {
    return ERASURE_PLACES.flatMap((place) => {
      const count = details[place];
      return typeof count === 'number' && count > 0 ? [this.texts.n(`privacy.counts.${place}`, count)] : [];
    });
  }
}
