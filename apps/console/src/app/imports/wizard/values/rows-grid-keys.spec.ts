import { type GridPlace, moveInGrid, nextEditable, startsTyping } from './rows-grid-keys';

const SIZE = { rows: 50, columns: 6 };
const place = (row: number, column: number): GridPlace => ({ row, column });

describe('moveInGrid', () => {
  it.each<[key: string, isWithCtrl: boolean, from: GridPlace, to: GridPlace | null]>([
    ['ArrowDown', false, place(3, 1), place(4, 1)],
    ['ArrowUp', false, place(3, 1), place(2, 1)],
    ['ArrowLeft', false, place(3, 1), place(3, 0)],
    ['ArrowRight', false, place(3, 1), place(3, 2)],
    ['ArrowUp', false, place(0, 1), place(0, 1)],
    ['ArrowDown', false, place(49, 1), place(49, 1)],
    ['ArrowLeft', false, place(3, 0), place(3, 0)],
    ['ArrowRight', false, place(3, 5), place(3, 5)],
    ['ArrowDown', true, place(3, 1), place(49, 1)],
    ['ArrowLeft', true, place(3, 4), place(3, 0)],
    ['Home', false, place(3, 4), place(3, 0)],
    ['End', false, place(3, 4), place(3, 5)],
    ['Home', true, place(3, 4), place(0, 0)],
    ['End', true, place(3, 4), place(49, 5)],
    ['Tab', false, place(3, 4), null],
    ['Enter', false, place(3, 4), null],
    ['a', false, place(3, 4), null],
  ])('%s (with Ctrl: %s) from %o leads to %o', (key, isWithCtrl, from, to) => {
    expect(moveInGrid(key, isWithCtrl, from, SIZE)).toEqual(to);
  });

  it('stays inside a page that became shorter', () => {
    expect(moveInGrid('ArrowDown', false, place(40, 1), { rows: 3, columns: 6 })).toEqual(place(2, 1));
  });
});

describe('nextEditable', () => {
  const editable = [1, 2, 3];
  it.each<[title: string, from: GridPlace, step: 1 | -1, to: GridPlace | null]>([
    ['goes on in the row', place(0, 1), 1, place(0, 2)],
    ['goes on in the next row', place(0, 3), 1, place(1, 1)],
    ['goes back to the row before', place(1, 1), -1, place(0, 3)],
    ['ends behind the last cell', place(1, 3), 1, null],
    ['ends before the first cell', place(0, 1), -1, null],
  ])('%s', (_, from, step, to) => {
    expect(nextEditable(from, step, 2, editable)).toEqual(to);
  });
});

describe('startsTyping', () => {
  const pressed = (init: KeyboardEventInit) => startsTyping(new KeyboardEvent('keydown', init));
  it('knows a letter, a sign and a digit', () => {
    expect(['a', 'ç', '+', '1', '😀'].every((key) => pressed({ key }))).toBe(true);
  });
  it('leaves shortcuts, keys with names and the space bar alone', () => {
    const others = [{ key: 'z', ctrlKey: true }, { key: 'c', metaKey: true }, { key: 'F5' }, { key: ' ' }];
    expect(others.some(pressed)).toBe(false);
  });
});
