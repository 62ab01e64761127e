import { setTimeout as pause } from 'node:timers/promises';
import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { isPassing, isRefusal, withRetries } from './retry';

const fault = (code: string, message = 'no') => Object.assign(new Error(message), { code });

type Verdict = 'passing' | 'refusal' | 'fault';

const VERDICTS: [string, unknown, Verdict][] = [
  ['connection_failure', fault('08006'), 'passing'],
  ['connection_does_not_exist', fault('08003'), 'passing'],
  ['serialization_failure', fault('40001'), 'passing'],
  ['deadlock_detected', fault('40P01'), 'passing'],
  ['disk_full', fault('53100'), 'passing'],
  ['too_many_connections', fault('53300'), 'passing'],
  ['lock_not_available', fault('55P03'), 'passing'],
  ['idle_in_transaction_session_timeout', fault('25P03'), 'passing'],
  ['query_canceled, a statement limit', fault('57014'), 'passing'],
  ['admin_shutdown', fault('57P01'), 'passing'],
  ['crash_shutdown', fault('57P02'), 'passing'],
  ['cannot_connect_now', fault('57P03'), 'passing'],
  ['a connection that was reset', fault('ECONNRESET'), 'passing'],
  ['a connection that was refused', fault('ECONNREFUSED'), 'passing'],
  ['a broken pipe', fault('EPIPE'), 'passing'],
  ['a connection that timed out', fault('ETIMEDOUT'), 'passing'],
  ['a connection that ended in the middle', new Error('Connection terminated unexpectedly'), 'passing'],
  ['a connection that was ended', new Error('Connection terminated'), 'passing'],
  [
    'a connection that was lost before',
    new Error('Client has encountered a connection error and is not queryable'),
    'passing',
  ],
  ['a transaction whose connection was lost', new QueryRunnerAlreadyReleasedError(), 'passing'],
  ['the same, noticed by a transaction’s manager', new QueryRunnerProviderAlreadyReleasedError(), 'passing'],
  ['a pool without a free connection', new Error('timeout exceeded when trying to connect'), 'passing'],
  ['string_data_right_truncation', fault('22001'), 'refusal'],
  ['numeric_value_out_of_range', fault('22003'), 'refusal'],
  ['character_not_in_repertoire', fault('22021'), 'refusal'],
  ['untranslatable_character', fault('22P05'), 'refusal'],
  ['not_null_violation', fault('23502'), 'refusal'],
  ['unique_violation', fault('23505'), 'refusal'],
  ['check_violation', fault('23514'), 'refusal'],
  ['program_limit_exceeded', fault('54000'), 'refusal'],
  ["raise_exception, a trigger's no", fault('P0001'), 'refusal'],
  // What is wrong with the service or the server is no row's fault: no row may be rejected for it.
  ['insufficient_privilege', fault('42501'), 'fault'],
  ['undefined_column', fault('42703'), 'fault'],
  ['undefined_table', fault('42P01'), 'fault'],
  ['in_failed_sql_transaction', fault('25P02'), 'fault'],
  ['read_only_sql_transaction', fault('25006'), 'fault'],
  ['invalid_password', fault('28P01'), 'fault'],
  ['io_error', fault('58030'), 'fault'],
  ['data_corrupted', fault('XX001'), 'fault'],
  ['an error of the file system', fault('EPERM'), 'fault'],
  ['an error without a code', new Error('no'), 'fault'],
  ['a code that is a number', Object.assign(new Error('no'), { code: 23505 }), 'refusal'],
  ['a text', '40001', 'fault'],
  ['nothing', undefined, 'fault'],
  ['null', null, 'fault'],
];

describe('isPassing and isRefusal', () => {
  it.each(VERDICTS)('judge %s', (_, error, verdict) => {
    expect([isPassing(error), isRefusal(error)]).toEqual([verdict === 'passing', verdict === 'refusal']);
  });
});

describe('withRetries', () => {
  const failing = (times: number, error: unknown) => {
    const state = { calls: 0 };
    const work = async () => {
      state.calls += 1;
      if (state.calls <= times) throw error;
      return state.calls;
    };
    return { state, work };
  };
  const never = new AbortController().signal;

  it('answers what the work answers', async () => {
    await expect(withRetries(failing(0, null).work, isPassing, never)).resolves.toBe(1);
  });

  it('tries again, later each time, while the error passes', async () => {
    const began = performance.now();
    await expect(withRetries(failing(2, fault('40001')).work, isPassing, never)).resolves.toBe(3);
    expect(performance.now() - began).toBeGreaterThan(550);
  });

  it('gives other errors on at once', async () => {
    const { state, work } = failing(9, fault('23505'));
    await expect(withRetries(work, isPassing, never)).rejects.toMatchObject({ code: '23505' });
    expect(state.calls).toBe(1);
  });

  it('asks its caller which errors pass', async () => {
    await expect(withRetries(failing(1, fault('23505')).work, () => true, never)).resolves.toBe(2);
  });

  it('does not begin after an abort', async () => {
    const { state, work } = failing(0, null);
    await expect(withRetries(work, isPassing, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
    expect(state.calls).toBe(0);
  });

  it('ends its pause with an abort', async () => {
    const controller = new AbortController();
    const { state, work } = failing(99, fault('40001'));
    const order: string[] = [];
    // A pause that goes on ends after this one, however late both of them come.
    const later = pause(150).then(() => order.push('later'));
    const result = withRetries(work, isPassing, controller.signal).catch(() => order.push('given up'));
    setTimeout(() => controller.abort(new Error('stop')), 50);
    await Promise.all([result, later]);
    expect(order).toEqual(['given up', 'later']);
    expect(state.calls).toBe(1);
  });
});
