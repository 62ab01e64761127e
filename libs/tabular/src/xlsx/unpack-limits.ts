/**
 * What a workbook may become when it is unpacked. A ZIP of a few kilobytes can hold gigabytes, so that the size of the
 * file says nothing. Bytes are bytes of the unpacked part.
 */

/** Entries of the ZIP. Workbooks with pictures and many sheets have some hundred. */
export const MAX_ENTRIES = 1000;

/** All parts that are read, together. A sheet of 1,048,576 rows and 10 columns unpacks to about 400 MB. */
export const MAX_UNPACKED_BYTES = 1_000_000_000;

/**
 * A part other than a sheet or the shared strings, and its elements, which become objects. The 65,490 cell formats
 * that Excel allows take about 10 MB and 200,000 elements.
 */
export const MAX_SMALL_PART_BYTES = 32_000_000;
export const MAX_SMALL_PART_ELEMENTS = 1_000_000;

/**
 * Deflate reaches 1032 : 1 on one repeated byte. Sheets stay below 30 : 1, because every row and every cell carries
 * its own number; only markup without any content goes higher. Below 32 MB a high ratio proves nothing and costs
 * nothing; above, 200 : 1 means that there are no data worth reading, and it can be refused unread.
 */
export const MAX_RATIO = 200;
export const RATIO_COUNTS_FROM_BYTES = 32_000_000;

/** Characters of one tag or one text. Excel's own limit is 32,767 a cell; ours is 1 MB, here with all its entities. */
export const MAX_TOKEN_LENGTH = 8_000_000;

/** Characters of all shared strings and their number: they stay in memory, two bytes a character at worst. */
export const MAX_SHARED_LENGTH = 128_000_000;
export const MAX_SHARED_STRINGS = 16_000_000;

/**
 * Cells and characters that a sheet may give in all. Cells that refer to one long shared string, or that stand alone
 * in the last column, become a thousand times the bytes that they have in the file.
 */
export const MAX_SHEET_WEIGHT = 1_000_000_000;
