import { broughtIn } from './file-step-brought';

function pasted(text: string, ...files: File[]): DataTransfer {
  return { getData: () => text, files } as unknown as DataTransfer;
}
const csv = new File(['a'], 'a.csv', { type: 'text/csv' });
const picture = new File(['a'], 'image.png', { type: 'image/png' });

describe('broughtIn', () => {
  it.each([
    ['cells of two columns', pasted('Ana\t11 98765-4321'), { text: 'Ana\t11 98765-4321' }],
    ['cells of one column', pasted('Ana\nBia'), { text: 'Ana\nBia' }],
    ['cells with the picture that spreadsheets add', pasted('Ana\tBia', picture), { text: 'Ana\tBia' }],
    ['a copied file', pasted('', csv), { file: csv }],
    ['no single word', pasted('Ana\n'), null],
    ['no picture alone', pasted('', picture), null],
    ['nothing', null, null],
  ])('takes %s', (_, data, expected) => {
    expect(broughtIn(data)).toEqual(expected);
  });
});
