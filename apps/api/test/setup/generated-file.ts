import { generateContactsCsv, type ExpectedImport } from '@ponte/testing';

/** A generated file in one piece, with what importing it must give. */
export async function generatedFile(
  rows: number,
  seed: number,
): Promise<{ file: Blob; expected: ExpectedImport }> {
  const generated = generateContactsCsv({ rows, seed });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of generated.bytes()) chunks.push(Uint8Array.from(chunk));
  return { file: new Blob(chunks), expected: generated.expected() };
}

/** A phone number of one row only, in the second half of such a file. */
export async function middlePhone(file: Blob): Promise<string> {
  const lines = (await file.text()).split('\n');
  const phones = lines.slice(lines.length / 2).flatMap((line) => MOBILE.exec(line) ?? []);
  const isOnce = (phone: string) => lines.filter((line) => line.includes(phone)).length === 1;
  const phone = phones.find(isOnce);
  if (phone === undefined) throw new Error('The file has no such number.');
  return phone;
}

const MOBILE = /\+55[1-9]{2}9[6-9]\d{7}(?=,)/;
