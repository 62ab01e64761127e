import { QueryFailedError, type DataSource } from 'typeorm';

/** PostgreSQL's code for a write while it only lets read: during a switch to another server, for example. */
const READ_ONLY = '25006';

/** Notes that a session or token was used. A database that cannot be written to keeps nobody from reading. */
export async function noteUse(dataSource: DataSource, sql: string, params: unknown[]): Promise<void> {
  try {
    await dataSource.query(sql, params);
  } catch (error) {
    const isReadOnly = error instanceof QueryFailedError && 'code' in error && error.code === READ_ONLY;
    if (!isReadOnly) throw error;
  }
}
