/** A CSV cell, in quotes where a comma, a quote or a line break asks for them. */
export function quoteCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `+5511987654321` as `+55 11 98765-4321`; landlines with four digits before the hyphen. */
export function spacePhone(phone: string): string {
  return `${phone.slice(0, 3)} ${phone.slice(3, 5)} ${phone.slice(5, -4)}-${phone.slice(-4)}`;
}
