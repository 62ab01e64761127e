/** One line of a plot: seconds for each number of rows. */
export interface GrowthSeries {
  readonly name: string;
  readonly points: readonly { readonly rows: number; readonly seconds: number }[];
}

interface Axis {
  /** Steps of 1, 2 and 5 in each decade; the decades alone have words, or all of them where there are few. */
  readonly ticks: readonly { readonly value: number; readonly isNamed: boolean }[];
  readonly place: (value: number) => number;
}

const WIDTH = 760;
const HEIGHT = 440;
const PLOT = { left: 74, right: 730, top: 84, bottom: 376 } as const;
/** Room beyond the outermost values, in decades: for marks, and for values above and below. */
const MARGIN = { rows: 0.16, seconds: 0.35 } as const;
/** Fewer decades have words at every step. */
const FEW_DECADES = 2;
const LABEL_HEIGHT = 15;
const LABEL_OFFSET = 10;
/** Where a point is nearer to the one above it, its label has no room between them. */
const LABEL_ROOM = LABEL_HEIGHT + 2 * LABEL_OFFSET;

/**
 * A picture has a ground of its own: inside a README nobody knows whether the page's look is the system's. The colours are
 * told apart without red and green, and each line has its own mark.
 */
const STYLE = `
  .ground { fill: #ffffff; stroke: #d1d9e0 }
  text { fill: #1f2328; font: 13px system-ui, sans-serif; paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }
  .title { font-size: 16px; font-weight: 600 }
  .quiet { fill: #59636e }
  .grid { stroke: #d1d9e0 } .fine { stroke: #eff2f5 }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round }
  .c0 { --colour: #0a5fb4 } .c1 { --colour: #b35900 } .c2 { --colour: #6e3fc3 } .c3 { --colour: #00716b } .c4 { --colour: #b3246b } .c5 { --colour: #59636e }
  .line { stroke: var(--colour) } .mark { fill: var(--colour) } .value { fill: var(--colour) }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #3d444d }
    text { fill: #f0f6fc; stroke: #0d1117 }
    .quiet { fill: #9198a1 }
    .grid { stroke: #3d444d } .fine { stroke: #1c222a }
    .c0 { --colour: #6cb6ff } .c1 { --colour: #f0a04b } .c2 { --colour: #bf9bff } .c3 { --colour: #4fd1c5 } .c4 { --colour: #ff8ac2 } .c5 { --colour: #adb5be }
  }`;
const COLOURS = 6;

const MARKS: readonly ((x: number, y: number) => string)[] = [
  (x, y) => `<circle cx="${x}" cy="${y}" r="4.5"/>`,
  (x, y) => `<rect x="${x - 4}" y="${y - 4}" width="8" height="8"/>`,
  (x, y) => `<path d="M${x} ${y - 6}l6 6l-6 6l-6 -6z"/>`,
  (x, y) => `<path d="M${x} ${y - 6}l6 10h-12z"/>`,
];

/**
 * Rows against seconds on logarithmic axes, as SVG: a straight line at 45 degrees costs the same for every row. Throws a
 * `RangeError` when there is nothing to draw or a value has no logarithm.
 */
export function plotGrowth(series: readonly GrowthSeries[], title: string): string {
  const points = series.flatMap((line) => line.points);
  if (!points.every(({ rows, seconds }) => rows > 0 && seconds > 0) || points.length === 0)
    throw new RangeError('A plot needs points, all of them above zero.');
  const x = axisOf(
    points.map(({ rows }) => rows),
    MARGIN.rows,
    PLOT.left,
    PLOT.right,
  );
  const y = axisOf(
    points.map(({ seconds }) => seconds),
    MARGIN.seconds,
    PLOT.bottom,
    PLOT.top,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
    `<title>${escape(title)}</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="8"/>`,
    text(24, 32, title, 'title'),
    ...drawLegend(series),
    ...drawRowsAxis(x),
    ...drawSecondsAxis(y),
    ...series.map((line, index) => drawLine(line, index, x, y)),
    ...drawLabels(series, x, y),
    '</svg>\n',
  ].join('\n');
}

function axisOf(values: readonly number[], margin: number, start: number, end: number): Axis {
  const from = Math.log10(Math.min(...values)) - margin;
  const to = Math.max(from + 1, Math.log10(Math.max(...values)) + margin);
  const place = (value: number) => round(start + ((Math.log10(value) - from) / (to - from)) * (end - start));
  const decades = Array.from({ length: Math.ceil(to - from) + 1 }, (_, index) => Math.floor(from) + index);
  const ticks = decades
    .flatMap((decade) => [1, 2, 5].map((step) => ({ step, value: step * 10 ** decade })))
    .filter(({ value }) => Math.log10(value) >= from && Math.log10(value) <= to)
    .map(({ step, value }) => ({ value, isNamed: step === 1 || to - from < FEW_DECADES }));
  return { ticks, place };
}

function drawLegend(series: readonly GrowthSeries[]): string[] {
  let x = 24;
  return series.map(({ name }, index) => {
    const entry = `<g class="mark c${index % COLOURS}">${mark(index, x + 6, 56)}</g>${text(x + 18, 60.5, name)}`;
    // Letters of this size are about seven units wide.
    x += 18 + name.length * 7 + 26;
    return entry;
  });
}

function drawRowsAxis({ ticks, place }: Axis): string[] {
  const named = ticks.filter(({ isNamed }) => isNamed);
  const lines = named.map(({ value }) => {
    const x = place(value);
    return `<path class="grid" d="M${x} ${PLOT.top}V${PLOT.bottom}"/>${text(x, PLOT.bottom + 20, nameRows(value), 'quiet', 'middle')}`;
  });
  return [...lines, text((PLOT.left + PLOT.right) / 2, HEIGHT - 16, 'rows', 'quiet', 'middle')];
}

function drawSecondsAxis({ ticks, place }: Axis): string[] {
  return ticks.map(({ value, isNamed }) => {
    const y = place(value);
    const line = `<path class="${isNamed ? 'grid' : 'fine'}" d="M${PLOT.left} ${y}H${PLOT.right}"/>`;
    return isNamed ? line + text(PLOT.left - 10, y + 4.5, nameSeconds(value), 'quiet', 'end') : line;
  });
}

function drawLine({ points }: GrowthSeries, index: number, x: Axis, y: Axis): string {
  const places = points.map(({ rows, seconds }) => [x.place(rows), y.place(seconds)] as const);
  const path = places.map(([left, top], at) => `${at === 0 ? 'M' : 'L'}${left} ${top}`).join('');
  const marks = places.map(([left, top]) => mark(index, left, top)).join('');
  return `<g class="c${index % COLOURS}"><path class="line" d="${path}"/><g class="mark">${marks}</g></g>`;
}

/** A value stands above its point; where another point is too near for that, below all of them. */
function drawLabels(series: readonly GrowthSeries[], x: Axis, y: Axis): string[] {
  const labels = series.flatMap(({ points }, index) =>
    points.map(({ rows, seconds }) => ({ rows, seconds, index, point: y.place(seconds) })),
  );
  return [...new Set(labels.map(({ rows }) => rows))].flatMap((rows) => {
    const column = labels.filter((label) => label.rows === rows).sort((a, b) => a.point - b.point);
    let lowest = 0;
    return column.map(({ seconds, index, point }, order) => {
      const isNear = order > 0 && point - (column[order - 1]?.point ?? 0) < LABEL_ROOM;
      const top = isNear ? Math.max(lowest, bottomOf(column, order)) + LABEL_HEIGHT : point - LABEL_OFFSET;
      lowest = top;
      return text(x.place(rows), round(top), nameSeconds(seconds), `value c${index % COLOURS}`, 'middle');
    });
  });
}

/** The lowest of the points that lie near one another from this one on, with its mark. */
function bottomOf(column: readonly { readonly point: number }[], from: number): number {
  let bottom = column[from]?.point ?? 0;
  for (const { point } of column.slice(from)) if (point - bottom < LABEL_ROOM) bottom = point;
  return bottom + LABEL_OFFSET / 2;
}

const mark = (index: number, x: number, y: number): string =>
  (MARKS[index % MARKS.length] ?? drawNothing)(x, y);
const drawNothing = () => '';

function text(x: number, y: number, words: string, kind = '', anchor = 'start'): string {
  return `<text x="${x}" y="${y}" class="${kind}" text-anchor="${anchor}">${escape(words)}</text>`;
}

const nameRows = (rows: number): string =>
  rows >= 1_000_000 ? `${rows / 1_000_000} M` : rows.toLocaleString('en');

function nameSeconds(seconds: number): string {
  if (seconds < 1) return `${Number((seconds * 1000).toPrecision(2))} ms`;
  return `${seconds < 100 ? Number(seconds.toPrecision(2)) : Math.round(seconds)} s`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const escape = (words: string): string => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
