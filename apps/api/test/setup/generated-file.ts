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
