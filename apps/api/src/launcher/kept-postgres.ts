import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres';

/**
 * The embedded PostgreSQL, started again at the same address when it dies: the processes that use it find it there.
 * `giveUp` is called when it does not come back.
 */
export class KeptPostgres {
  private isStopping = false;
  private current: EmbeddedPostgres | null = null;

  constructor(
    private readonly directory: string,
    private readonly say: (line: string) => void,
    private readonly giveUp: (reason: unknown) => void,
  ) {}

  async start(): Promise<string> {
    const postgres = await startEmbeddedPostgres({ directory: this.directory });
    this.keep(postgres);
    return postgres.url;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.current?.stop();
  }

  hurry(): void {
    this.isStopping = true;
    this.current?.hurry();
  }

  private keep(postgres: EmbeddedPostgres): void {
    this.current = postgres;
    void postgres.ended
      .then(async () => {
        if (this.isStopping) return;
        this.say('The embedded PostgreSQL ended; it is started again.');
        const port = Number(new URL(postgres.url).port);
        const next = await startEmbeddedPostgres({ directory: this.directory, port });
        this.keep(next);
        if (this.isStopping) await next.stop();
      })
      .catch(this.giveUp);
  }
}
