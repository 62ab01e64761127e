import { describe, expect, it } from 'vitest';
import { plotGrowth, type GrowthSeries } from './plot';

const ROWS = [10_000, 100_000, 1_000_000, 10_000_000];

const growing = (name: string, secondsPerRow: number): GrowthSeries => ({
  name,
  points: ROWS.map((rows) => ({ rows, seconds: rows * secondsPerRow })),
});

/** The values that stand at the points, with their places. */
function valuesOf(svg: string) {
  const found = svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)" class="value c\d" [^>]*>([^<]*)</g);
  return Array.from(found, ([, x, y, words]) => ({ x: Number(x), y: Number(y), words }));
}

describe('plotGrowth', () => {
  it('writes the value of every point, and names what it draws', () => {
    const svg = plotGrowth([growing('Ponte', 1e-5), growing('a & <b>', 4e-5)], 'Rows "in"');
    expect(valuesOf(svg).map(({ words }) => words)).toEqual(
      expect.arrayContaining(['100 ms', '400 ms', '1 s', '4 s', '10 s', '40 s', '100 s', '400 s']),
    );
    expect(valuesOf(svg)).toHaveLength(8);
    expect(svg).toContain('>a &#38; &#60;b&#62;<');
    expect(svg).toContain('<title>Rows &#34;in&#34;</title>');
    for (const tick of ['10,000', '100,000', '1 M', '10 M', 'rows']) expect(svg).toContain(`>${tick}<`);
  });

  it('draws the same cost for each row as a straight line', () => {
    const [, path = ''] = /class="line" d="([^"]+)"/.exec(plotGrowth([growing('Ponte', 1e-5)], '')) ?? [];
    const places = path
      .slice(1)
      .split('L')
      .map((place) => place.split(' ').map(Number));
    const steps = places.slice(1).map(([x = 0, y = 0], index) => {
      const [fromX = 0, fromY = 0] = places[index] ?? [];
      return [x - fromX, fromY - y];
    });
    expect(steps).toHaveLength(3);
    for (const [across = 0, up = 0] of steps) {
      expect(across).toBeCloseTo(steps[0]?.[0] ?? 0, 0);
      expect(up).toBeCloseTo(steps[0]?.[1] ?? 0, 0);
      expect(up).toBeGreaterThan(0);
    }
  });

  it.each([
    ['the same', [1e-5, 1e-5, 1e-5]],
    ['near one another', [1e-5, 1.2e-5, 1.5e-5]],
    ['far apart', [1e-5, 1e-4, 1e-3]],
  ])('keeps values that are %s from running into one another', (_, costs) => {
    const values = valuesOf(
      plotGrowth(
        costs.map((cost) => growing(String(cost), cost)),
        '',
      ),
    );
    expect(values).toHaveLength(12);
    for (const one of values) {
      const near = values.filter(({ x, y }) => x === one.x && Math.abs(y - one.y) < 13);
      expect(near).toEqual([one]);
    }
  });

  it('refuses what has no place on the axes', () => {
    expect(() => plotGrowth([], '')).toThrow(RangeError);
    expect(() => plotGrowth([{ name: '', points: [{ rows: 0, seconds: 1 }] }], '')).toThrow(RangeError);
  });
});
