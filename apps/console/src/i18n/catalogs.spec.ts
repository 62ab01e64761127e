import {
  ASSISTED_CODES,
  COLUMN_ROLES,
  CONTACT_FIELDS,
  GUESS_REASONS,
  REJECTION_CODES,
  REPAIR_CODES,
  WARNING_CODES,
} from '@ponte/contacts';
import {
  AUDIT_ACTIONS,
  AUDIT_WAYS,
  CONTACT_SORTS,
  ERASURE_PLACES,
  EXPORT_COLUMNS,
  IMPORT_REFUSAL_CODES,
  PROBLEM_CODES,
  ROLES,
  RUN_FAILURE_CODES,
  RUN_STATES,
  runMailSchema,
  TOKEN_SCOPES,
} from '@ponte/contracts';
import { DELIMITERS, ENCODINGS, TABLE_REFUSAL_CODES } from '@ponte/tabular';
import { ROW_OUTCOMES } from '../app/imports/import-figures';
import { WIZARD_STEPS } from '../app/imports/wizard/wizard-state';
import { DUPLICATE_POLICIES } from '../app/imports/wizard/wizard-types';
import { EXPIRY_CHOICES } from '../app/settings/tokens/token-expiry';
import en from './en.json';
import es from './es.json';
import ptBR from './pt-BR.json';

/** Texts by their dotted paths. */
function flatten(node: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]: [string, string | object]) =>
      typeof value === 'string'
        ? [[prefix + key, value]]
        : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  );
}

const CATALOGS = Object.entries({ 'pt-BR': ptBR, en, es }).map(
  ([locale, catalog]) => [locale, flatten(catalog)] as const,
);
const reference = flatten(ptBR);

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();

/** What only the browser's side of a table can say. */
const WORKER_PROBLEMS = ['stalled', 'worker_failed', 'file_unreadable'];

/** Every closed set of the contract that people see, and where its texts are. */
const CODES: [group: string, codes: readonly string[]][] = [
  ['problems', PROBLEM_CODES],
  ['what_to_do', [...IMPORT_REFUSAL_CODES, ...RUN_FAILURE_CODES]],
  ['failures', RUN_FAILURE_CODES],
  ['rejections', REJECTION_CODES],
  ['warnings', WARNING_CODES],
  ['states', RUN_STATES],
  ['tokens.scopes', TOKEN_SCOPES],
  ['tokens.scope_hints', TOKEN_SCOPES],
  ['tokens.expiries', EXPIRY_CHOICES],
  ['mail', runMailSchema.shape.state.options],
  ['roles', ROLES],
  ['sorts', CONTACT_SORTS],
  ['fields', EXPORT_COLUMNS],
  ['delimiters', DELIMITERS],
  ['encodings', ENCODINGS],
  ['table_problems', [...TABLE_REFUSAL_CODES, ...WORKER_PROBLEMS]],
  ['table_todo', [...TABLE_REFUSAL_CODES, ...WORKER_PROBLEMS]],
  ['column_roles', COLUMN_ROLES],
  ['guess_reasons', GUESS_REASONS],
  ['assisted', ASSISTED_CODES],
  ['repairs', REPAIR_CODES.flatMap((code) => [`${code}.title.one`, `${code}.title.other`, `${code}.text`])],
  ['wizard_values.duplicates.policies', DUPLICATE_POLICIES],
  ['wizard_review.sum', ROW_OUTCOMES.flatMap((outcome) => [outcome, `${outcome}_text`])],
  ['audit.actions', AUDIT_ACTIONS],
  ['audit.ways', AUDIT_WAYS],
  ['privacy.places', ERASURE_PLACES],
  ['privacy.counts', ERASURE_PLACES.flatMap((place) => [`${place}.one`, `${place}.other`])],
  ['wizard.steps', WIZARD_STEPS],
  ['wizard.headings', WIZARD_STEPS],
];

describe.each(CATALOGS)('%s', (_, catalog) => {
  it('has exactly the keys of pt-BR', () => {
    expect(Object.keys(catalog).sort()).toEqual(Object.keys(reference).sort());
  });

  it('names the same values in each text', () => {
    const named = Object.fromEntries(Object.entries(catalog).map(([key, text]) => [key, placeholders(text)]));
    const expected = Object.fromEntries(
      Object.entries(reference).map(([key, text]) => [key, placeholders(text)]),
    );
    expect(named).toEqual(expected);
  });

  it('has no blank text, and none that begins or ends with a space', () => {
    const odd = Object.entries(catalog).filter(([, text]) => text === '' || text !== text.trim());
    expect(odd).toEqual([]);
  });

  it('says the limit of a name as it is', () => {
    const limit = String(CONTACT_FIELDS.find(({ name }) => name === 'name')?.maxLength);
    expect(catalog['rejections.name_too_long']).toContain(limit);
  });

  it.each(CODES)('has a text for every one of %s', (group, codes) => {
    expect(codes.filter((code) => !catalog[`${group}.${code}`])).toEqual([]);
  });
});
