/** Somebody else created or changed one of the contacts meanwhile: nothing was decided wrong yet, try the batch again. */
export class UpsertConflict extends Error {
  override name = 'UpsertConflict';
}
