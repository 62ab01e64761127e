import { TOKEN_DAYS } from '@ponte/contracts';
import { EXPIRY_CHOICES, expiryDays, expiryOf } from './token-expiry';

const NOW = new Date('2026-11-30T12:00:00Z').getTime();
const DAY = 86_400_000;

describe('expiryOf', () => {
  it('leaves the default to the server', () => {
    expect(expiryOf('365', '', NOW)).toBeUndefined();
  });

  it('counts days from now', () => {
    expect(expiryOf('30', '', NOW)).toBe('2026-12-30T12:00:00.000Z');
    expect(expiryOf('90', '', NOW)).toBe('2027-02-28T12:00:00.000Z');
  });

  it('ends a chosen day at its end, where the person is', () => {
    expect(expiryOf('date', '2027-01-15', NOW)).toBe(new Date(2027, 0, 15, 23, 59, 59).toISOString());
  });

  it('stays below the limit with every choice, and with the last day', () => {
    const { first, last } = expiryDays(NOW);
    const ends = EXPIRY_CHOICES.flatMap((choice) => [
      expiryOf(choice, first, NOW),
      expiryOf(choice, last, NOW),
    ]);
    for (const end of ends) {
      const time = new Date(end ?? NOW + 1).getTime();
      expect(time).toBeGreaterThan(NOW);
      expect(time).toBeLessThan(NOW + TOKEN_DAYS.max * DAY);
    }
  });
});
