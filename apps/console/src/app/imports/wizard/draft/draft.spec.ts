import { decodeDraft, DRAFT_DAYS, type DraftState, encodeSource, encodeState } from './draft';
import { freshDecisions } from '../wizard-state';

const NOW = Date.parse('2026-03-12T12:00:00Z');
const STATE: DraftState = {
  step: 'values',
  choice: { encoding: 'windows-1252', headerLine: 3 },
  existing: 'skip',
  decisions: { ...freshDecisions({ roles: ['name', 'phone_number'], defaults: {} }), areaCode: '11' },
  remembered: null,
};
const FILE = { file: new File(['Nome;Telefone'], 'clientes.csv', { lastModified: 5, type: 'text/csv' }) };

describe('decodeDraft', () => {
  it('gives back a file with its name, and every decision about it', async () => {
    const draft = decodeDraft(encodeSource(FILE), encodeState(STATE, 'a1', NOW), NOW + 1000);
    expect(draft).toMatchObject({ sourceId: 'a1', savedAt: NOW, state: STATE });
    const file = draft && 'file' in draft.source ? draft.source.file : null;
    expect(file).toMatchObject({ name: 'clientes.csv', lastModified: 5, type: 'text/csv' });
    expect(file?.size).toBe(FILE.file.size);
  });

  it('gives back pasted cells', () => {
    const draft = decodeDraft(encodeSource({ text: 'a\tb' }), encodeState(STATE, 'a1', NOW), NOW);
    expect(draft?.source).toEqual({ text: 'a\tb' });
  });

  const state = encodeState(STATE, 'a1', NOW);
  it.each<[title: string, source: unknown, state: unknown, now: number]>([
    ['nothing was stored', undefined, undefined, NOW],
    ['the file is missing', undefined, state, NOW],
    ['the decisions are missing', encodeSource(FILE), undefined, NOW],
    ['another version wrote it', encodeSource(FILE), { ...state, version: 0 }, NOW],
    ['a step does not exist any more', encodeSource(FILE), { ...state, step: 'magic' }, NOW],
    ['nobody came back in time', encodeSource(FILE), state, NOW + (DRAFT_DAYS * 24 * 60 * 60 + 1) * 1000],
  ])('is null when %s', (_, source, stored, now) => {
    expect(decodeDraft(source, stored, now)).toBeNull();
  });
});
