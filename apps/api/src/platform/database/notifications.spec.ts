import type { INestApplicationContext } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openContext, testConfig } from '../../../test/setup/app-context';
import { newDatabase, query } from '../../../test/setup/database';
import type { Config } from '../config/config';
import { Notifications, type Channel } from './notifications';

describe.each(['embedded', 'debian'] as const)('Notifications in the %s PostgreSQL', (kind) => {
  let config: Config;
  let app: INestApplicationContext;
  let dataSource: DataSource;
  let notifications: Notifications;

  beforeAll(async () => {
    config = testConfig(await newDatabase(kind));
  });
  beforeEach(async () => {
    ({ app, dataSource } = await openContext(config));
    notifications = app.get(Notifications);
  });
  afterEach(() => app.close());

  const send = (channel: Channel, payload: string) =>
    Notifications.send(dataSource.manager, channel, payload);

  function hear(channel: Channel): string[] {
    const heard: string[] = [];
    notifications.listen(channel, (payload) => heard.push(payload));
    return heard;
  }

  const cutListener = () =>
    query<object>(
      config.database.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ponte listener'`,
    );

  const countListeners = async () =>
    (
      await query<object>(
        config.database.url,
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ponte listener'`,
      )
    ).length;

  it('brings what was sent to everyone who listens to the channel, in order', async () => {
    const [one, other, elsewhere] = [hear('ponte_runs'), hear('ponte_runs'), hear('ponte_jobs')];
    for (const payload of ['import 1', '', 'ação "quoted" 😀']) await send('ponte_runs', payload);
    await until(() => one.length === 3);
    expect(one).toEqual(['import 1', '', 'ação "quoted" 😀']);
    expect(other).toEqual(one);
    expect(elsewhere).toEqual([]);
  });

  it('says nothing before the transaction commits', async () => {
    const heard = hear('ponte_runs');
    await dataSource.transaction(async (manager) => {
      await Notifications.send(manager, 'ponte_runs', 'inside');
      await send('ponte_runs', 'beside');
      await until(() => heard.length === 1);
      await pause(100);
      expect(heard).toEqual(['beside']);
    });
    await until(() => heard.length === 2);
    expect(heard).toEqual(['beside', 'inside']);
  });

  it('never says what a transaction has taken back', async () => {
    const heard = hear('ponte_runs');
    const undone = dataSource.transaction(async (manager) => {
      await Notifications.send(manager, 'ponte_runs', 'undone');
      throw new Error('expected by the test');
    });
    await expect(undone).rejects.toThrow('expected by the test');
    await send('ponte_runs', 'next');
    await until(() => heard.length > 0);
    expect(heard).toEqual(['next']);
  });

  it('stops for one listener and goes on for the others', async () => {
    const heard: string[] = [];
    const stop = notifications.listen('ponte_runs', (payload) => heard.push(payload));
    const other = hear('ponte_runs');
    await send('ponte_runs', 'first');
    await until(() => other.length === 1);
    stop();
    stop();
    await send('ponte_runs', 'second');
    await until(() => other.length === 2);
    expect(heard).toEqual(['first']);
  });

  it('listens again after its connection was cut, again and again, on one connection', async () => {
    const heard = hear('ponte_outbox');
    for (const round of ['1', '2', '3']) {
      expect(await cutListener()).toHaveLength(1);
      await until(async () => {
        await send('ponte_outbox', round);
        await pause(20);
        return heard.includes(round);
      });
      expect(await countListeners()).toBe(1);
    }
  });

  it('leaves no connection behind when it is closed', async () => {
    await app.close();
    await until(async () => (await countListeners()) === 0);
    ({ app } = await openContext(config));
  });

  it('leaves no connection behind when it is closed while it connects again', async () => {
    await cutListener();
    await pause(110);
    await app.close();
    await pause(300);
    expect(await countListeners()).toBe(0);
    ({ app } = await openContext(config));
  });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await condition()); await pause(20)) {
    if (Date.now() > end) throw new Error('It did not happen within 10 seconds.');
  }
}
