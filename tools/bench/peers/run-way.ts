import { performance } from 'node:perf_hooks';
import { peakBytes } from '../processes';
import { connect, ContactTable } from './contacts-table';
import { WAYS, type WayName } from './ways';

/** What a way says of itself when it has imported the file. */
export interface WayTurn {
  readonly seconds: number;
  readonly peakBytes: number;
  readonly rejected: number;
}

// A process for each turn: nobody pays for the memory of another.
const [name = '', url = '', account = '', file = ''] = process.argv.slice(2);
const dataSource = await connect(url);
const start = performance.now();
const rejected = await WAYS[name as WayName](dataSource.getRepository(ContactTable), Number(account), file);
const seconds = (performance.now() - start) / 1000;
const turn: WayTurn = { seconds, peakBytes: peakBytes(process.pid), rejected };
process.stdout.write(`${JSON.stringify(turn)}\n`);
await dataSource.destroy();
