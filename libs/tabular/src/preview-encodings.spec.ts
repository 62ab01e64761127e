import { corpusFile, corpusItems } from '@ponte/testing';
import { describe, expect, test } from 'vitest';
import { bytesSource } from './byte-source';
import { previewEncodings } from './preview-encodings';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);
const preview = (bytes: Uint8Array) => previewEncodings(bytesSource(bytes));

describe('the preview of encodings', () => {
  test('shows the same words in each encoding, the detected one first', async () => {
    expect(
      await preview(latin1('Nome;Fone\r\nJos\xe9 Concei\xe7\xe3o;1\r\n"\xc2ngela";Jos\xe9\r\n')),
    ).toEqual([
      { encoding: 'windows-1252', samples: ['José', 'Conceição', 'Ângela'] },
      { encoding: 'ibm850', samples: ['JosÚ', 'ConceiþÒo', '┬ngela'] },
      { encoding: 'macintosh', samples: ['JosÈ', 'ConceiÁ„o', '¬ngela'] },
    ]);
  });

  test('offers UTF-8 where the file is UTF-8', async () => {
    const previews = await preview(utf8('\ufeffÂngela;José\n'));
    expect(previews.map(({ encoding }) => encoding)).toEqual([
      'utf-8',
      'windows-1252',
      'ibm850',
      'macintosh',
    ]);
    expect(previews[0]?.samples).toEqual(['Ângela', 'José']);
  });

  test('mixed lines are read line by line', async () => {
    const [first] = await preview(Uint8Array.from([...utf8('José\n'), ...latin1('Andr\xe9\n')]));
    expect(first).toEqual({ encoding: 'mixed', samples: ['José', 'André'] });
  });

  test.each([
    ['utf-16le', 'w05'],
    ['utf-16be', 'w06'],
  ])('%s has no other reading', async (encoding, file) => {
    const item = corpusItems('wizard-csv').find((candidate) => candidate.file.includes(file));
    if (item === undefined) throw new Error(`${file} is not in the corpus`);
    expect(await preview(corpusFile(item))).toEqual([
      { encoding, samples: ['José', 'Conceição', 'Ângela', 'Gonçalves', 'Antônio', 'Araújo'] },
    ]);
  });

  test('at most six words, none cut by the border of two reads, none endless', async () => {
    const far = `${'a'.repeat(1024 * 1024 - 3)} Goiânia é\n`;
    expect((await preview(utf8(far)))[0]?.samples).toEqual(['é']);
    expect((await preview(utf8(`${'ã'.repeat(500)} Sé`)))[0]?.samples).toEqual(['Sé']);
    expect((await preview(utf8('á é í ó ú â ê ô')))[0]?.samples).toHaveLength(6);
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['plain ASCII', latin1('nome;fone\r\nAna;1\r\n')],
    ['a workbook', latin1('PK\x03\x04\xe9')],
    ['another format', latin1('%PDF-1.7 \xe9')],
  ])('is empty for %s', async (_, bytes) => {
    expect(await preview(bytes)).toEqual([]);
  });
});
