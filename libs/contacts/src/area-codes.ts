/**
 * The 67 Brazilian area codes in use, as a pattern without anchors or groups. Source: Anatel's numbering plan, the same
 * set as in the library's metadata.
 */
export const AREA_CODE_PATTERN = '(?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])';

const AREA_CODE = new RegExp(`^${AREA_CODE_PATTERN}$`);

/** Whether two digits are a Brazilian area code in use. */
export function isAreaCode(text: string): boolean {
  return AREA_CODE.test(text);
}
