import type { Page } from '@playwright/test';
import { callWorker, makeFile, startWorker } from './in-page';
import type { Answer, Calls, RowView } from './protocol';

/** Rows that are asked for at once. */
const PAGE_ROWS = 5_000;

/** A page of the product with a table worker of its own: the script is the product's, the caller is the test. */
export class TablePage {
  private spent = 0;

  constructor(
    readonly page: Page,
    /** An account for whatever the tests send. */
    readonly account: number,
    private readonly address: string,
  ) {}

  /** A fresh worker, and the file that it will be asked to open. */
  async choose(name: string, bytes: Uint8Array): Promise<void> {
    this.spent = 0;
    await this.page.evaluate(startWorker, this.address);
    await this.page.evaluate(makeFile, { name, base64: Buffer.from(bytes).toString('base64') });
  }

  /** How long the page has waited for this file's calls. Handing the answers on to the test is not counted. */
  get seconds(): number {
    return this.spent / 1000;
  }

  async call<Call extends keyof Calls>(
    call: Call,
    argument: Parameters<Calls[Call]>[0],
  ): Promise<Answer<ReturnType<Calls[Call]>>> {
    const answer = await this.page.evaluate(callWorker, { call, argument });
    this.spent += answer.milliseconds;
    return answer as Answer<ReturnType<Calls[Call]>>;
  }

  /** The same where a refusal would be a defect. */
  async ask<Call extends keyof Calls>(
    call: Call,
    argument: Parameters<Calls[Call]>[0],
  ): Promise<ReturnType<Calls[Call]>> {
    const answer = await this.call(call, argument);
    if ('problem' in answer) throw new Error(`${call} was refused: ${JSON.stringify(answer.problem)}`);
    return answer.value;
  }

  /** Every row of the last review, page by page. */
  async rows(kind: 'all' | 'problems'): Promise<RowView[]> {
    const rows: RowView[] = [];
    for (;;) {
      const request = { offset: rows.length, limit: PAGE_ROWS, filter: { kind } };
      const { count, items } = await this.ask('rows', request);
      rows.push(...items);
      if (rows.length >= count || items.length === 0) return rows;
    }
  }
}
