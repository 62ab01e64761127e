const MOST_EXACT = 15;
const ZERO = 0x30;

/**
 * Phones as numbers: the digits of E.164 themselves where a double holds them exactly, and a number below zero for the
 * few longer ones. Zero is no phone. Equal phones have equal keys, and no others.
 */
export class PhoneKeys {
  private readonly keys = new Map<string, number>();
  private readonly phones: string[] = [];

  of(phone: string): number {
    if (phone.length - 1 <= MOST_EXACT) return readDigits(phone);
    const known = this.keys.get(phone);
    if (known !== undefined) return known;
    this.phones.push(phone);
    this.keys.set(phone, -this.phones.length);
    return -this.phones.length;
  }

  phone(key: number): string {
    return key < 0 ? (this.phones[-key - 1] ?? '') : `+${key}`;
  }
}

/** The number behind the plus: a million times, so that no string is made for it. */
function readDigits(phone: string): number {
  let number = 0;
  for (let at = 1; at < phone.length; at++) number = number * 10 + (phone.charCodeAt(at) - ZERO);
  return number;
}
