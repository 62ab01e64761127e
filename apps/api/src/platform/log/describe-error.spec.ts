import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { describeError, describeFault } from './describe-error';

const SECRET = 'Ana Lima +5511987654321';
const ofPostgres = (code: string, message: string) =>
  new QueryFailedError('SELECT $1', [SECRET], Object.assign(new Error(message), { code }));
const parserError = () => {
  try {
    return JSON.parse(`{"name": ${SECRET}}`) as unknown;
  } catch (error) {
    return error;
  }
};

describe('an error in the log', () => {
  it.each<[string, unknown, string]>([
    [
      'of a database that is away',
      ofPostgres('57P01', 'terminating connection'),
      'QueryFailedError 57P01: terminating connection',
    ],
    ['that repeats a value', ofPostgres('22P02', `invalid input: "${SECRET}"`), 'QueryFailedError 22P02'],
    ['of a constraint', ofPostgres('23505', `Key (${SECRET}) exists`), 'QueryFailedError 23505'],
    ['of a parser', parserError(), 'SyntaxError'],
    ['of our own', new Error('A route names no permission.'), 'Error: A route names no permission.'],
    ['that is none', SECRET, 'thrown string'],
  ])('%s', (_, error, described) => {
    expect(describeError(error)).toBe(described);
    expect(describeFault(error).split('\n', 1)[0]).toBe(described);
    expect(describeFault(error)).not.toContain(SECRET);
  });
});
