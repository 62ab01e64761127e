/** Three cells of one contact; blank where a row says nothing. */
export type ContactCells = readonly [name: string, phone: string, email: string];

/**
 * One row out of several about the same contact, in the order of the file: the last value of each field that is not
 * blank. Blank is what the strict rules trim away.
 */
export function joinContacts(rows: readonly ContactCells[]): ContactCells {
  const joined: [string, string, string] = ['', '', ''];
  for (const row of rows) {
    row.forEach((cell, index) => {
      if (cell.trim() !== '') joined[index] = cell;
    });
  }
  return joined;
}
