import { TestBed } from '@angular/core/testing';
import { AUDIT_ACTIONS, type AuditEventView, PROBLEM_CODES } from '@ponte/contracts';
import { provideConsole } from '../../testing';
import { AuditTexts } from './audit-texts';

const eventOf = (changes: Partial<AuditEventView>): AuditEventView => ({
  id: 1,
  action: 'signed_in',
  actor: { id: 1, name: 'Marina Prado' },
  via: 'session',
  address: '203.0.113.7',
  subject_id: null,
  count: null,
  details: {},
  created_at: '2026-03-12T12:00:00Z',
  ...changes,
});

const NOBODY: ReadonlyMap<number, string> = new Map();

describe('AuditTexts', () => {
  let texts: AuditTexts;
  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideConsole()] });
    texts = TestBed.inject(AuditTexts);
  });
  const detailsOf = (changes: Partial<AuditEventView>, people = NOBODY) =>
    texts.details(eventOf(changes), people);

  it('has a sentence of its own for every action', () => {
    const sentences = AUDIT_ACTIONS.map(texts.what);
    expect(sentences.filter((text) => text.startsWith('audit.'))).toEqual([]);
    expect(new Set(sentences).size).toBe(AUDIT_ACTIONS.length);
  });

  it.each<[Partial<AuditEventView>, string]>([
    [{}, 'Marina Prado'],
    [{ actor: null }, 'Pessoa excluída'],
    [{ actor: null, via: 'token' }, 'Pessoa excluída'],
    [{ actor: null, via: 'service' }, 'Ponte'],
    [{ actor: null, via: 'anonymous' }, 'Desconhecido'],
  ])('says who: %o', (changes, expected) => {
    expect(texts.who(eventOf(changes))).toBe(expected);
  });

  it('says by which token', () => {
    expect(texts.way(eventOf({ via: 'token', details: { token_id: 5 } }))).toBe('Token nº 5');
    expect(texts.way(eventOf({}))).toBe('Navegador');
  });

  it.each<[title: string, changes: Partial<AuditEventView>, expected: string[]]>([
    ['a role', { action: 'member_added', details: { role: 'agent' } }, ['Atendente']],
    ['scopes', { details: { scopes: ['exports', 'read'] } }, ['Ler, Exportar']],
    [
      'fields',
      { action: 'contact_changed', subject_id: 9, details: { fields: ['email', 'name'] } },
      ['Contato nº 9', 'Nome, E-mail'],
    ],
    ['rules', { details: { changed: ['requires_second_factor'] } }, ['Exigência do segundo fator']],
    [
      'an end',
      { details: { failed: 3, created: 1200, updated: 0, state: 'finished' } },
      ['Concluída', 'Criados: 1.200', 'Atualizados: 0', 'Recusados: 3'],
    ],
    ['codes that are left', { details: { left: 1 } }, ['Resta 1 código']],
    ['an operator', { details: { by: 'operator' } }, ['Por quem opera o servidor']],
    [
      'what was erased',
      { details: { contacts: 1, rejected_rows: 0, outbox: 2 } },
      ['1 contato', '2 e-mails'],
    ],
    [
      'a refusal',
      { details: { code: 'not_allowed', route: 'GET /accounts/{account_id}/imports' } },
      ['Seu papel nesta conta não permite esta ação.', 'Pedido: GET /accounts/{account_id}/imports'],
    ],
    [
      'no route',
      { details: { code: 'too_many_requests', route: 'other' } },
      ['Foram tentativas demais em pouco tempo.'],
    ],
    ['nothing that has no words', { details: { token_id: 5, later: 'x' } }, []],
  ])('shows %s', (_, changes, expected) => {
    expect(detailsOf(changes)).toEqual(expected);
  });

  it('names the member whom it was done to, while they are one', () => {
    const change = { action: 'role_changed', subject_id: 7 } as const;
    expect(detailsOf(change, new Map([[7, 'João Atendente']]))).toEqual(['João Atendente']);
    expect(detailsOf(change)).toEqual(['Pessoa nº 7']);
  });

  it.each(PROBLEM_CODES)('has a sentence for %s', (code) => {
    const [text] = detailsOf({ details: { code } });
    expect(text).not.toBe(code);
    expect(text).not.toContain('{{');
  });
});
