import { markdownTable, median, perSecond, saveResults, times } from '../figures';
import { makeSample } from './sample';
import { TASKS, type Task } from './tasks';

const ROWS = 100_000;
const TURNS = 5;

interface Figure {
  readonly task: string;
  readonly way: string;
  readonly rows: number;
  readonly milliseconds: number;
  /** Of the time of the task's first way. */
  readonly timesOfOwn: number;
  /** What the way answered. */
  readonly count: number;
}

/** What is done to each row, in Node and on one core, beside other means to the same end. */
export default async function benchRows(): Promise<void> {
  const figures = await measureRows(ROWS, TURNS);
  const rows = figures.map(({ task, way, rows, milliseconds, timesOfOwn }) => [
    task,
    way,
    perSecond(rows, milliseconds),
    times(timesOfOwn),
  ]);
  const text = markdownTable(['task', 'way', 'rows per second', 'of our time'], rows);
  const notes = `${ROWS.toLocaleString('en')} generated rows, medians of ${TURNS} turns of processor time, in one process.`;
  saveResults('rows', figures, `${text}\n\n${notes}`);
}

/** The ways of a task take turns on the same rows, after one turn that does not count. */
export async function measureRows(rows: number, turns: number): Promise<Figure[]> {
  const sample = await makeSample(rows);
  const figures: Figure[] = [];
  for (const task of TASKS) figures.push(...(await measureTask(task, sample, turns)));
  return figures;
}

async function measureTask(
  task: Task,
  sample: Awaited<ReturnType<typeof makeSample>>,
  turns: number,
): Promise<Figure[]> {
  const measured = task.ways.map((way) => ({ ...way, took: [] as number[], count: 0 }));
  for (let turn = 0; turn <= turns; turn++) {
    for (const way of measured) {
      const before = process.cpuUsage();
      way.count = await way.run(sample);
      const { user, system } = process.cpuUsage(before);
      if (turn > 0) way.took.push((user + system) / 1000);
    }
  }
  const own = median(measured[0]?.took ?? []);
  return measured.map(({ name, took, count }) => ({
    task: task.name,
    way: name,
    rows: sample.cells.length,
    milliseconds: median(took),
    timesOfOwn: median(took) / own,
    count,
  }));
}
