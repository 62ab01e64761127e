import { findFirstRows } from './first-rows';

/** A group that is known to have several rows and has no number yet. */
const AWAITED = -2;

/** Rows that have one key, where several rows have it. Groups count from 0, in the order of their first rows. */
export class RowGroups {
  private constructor(
    /** The group of each row, or -1. */
    private readonly groups: Int32Array,
    /** Where each group begins among the members, and last where they end. */
    private readonly starts: Int32Array,
    /** The groups' rows one behind the other, each group in file order. */
    private readonly members: Int32Array,
  ) {}

  /** Groups the rows by their keys, exactly; 0 is no key. */
  static of(keys: Float64Array): RowGroups {
    // First rows become groups in their own place: both would be eight megabytes for a million rows.
    const groups = findFirstRows(keys);
    // The first row of a group learns of the others only when they come.
    for (let row = 0; row < groups.length; row++) {
      const first = groups[row] ?? -1;
      if (first >= 0 && first !== row) groups[first] = AWAITED;
    }
    const sizes: number[] = [];
    for (let row = 0; row < groups.length; row++) {
      const first = groups[row] ?? -1;
      const group = first === AWAITED ? sizes.push(0) - 1 : first === row ? -1 : (groups[first] ?? -1);
      groups[row] = group;
      if (group >= 0) sizes[group] = (sizes[group] ?? 0) + 1;
    }
    return new RowGroups(groups, ...layOut(groups, sizes));
  }

  get size(): number {
    return this.starts.length - 1;
  }

  /** The row's group, or -1 when no other row has its key. */
  groupOf(row: number): number {
    return this.groups[row] ?? -1;
  }

  /** The rows of a group in file order. */
  rows(group: number): Int32Array {
    return this.members.subarray(this.starts[group] ?? 0, this.starts[group + 1] ?? 0);
  }
}

function layOut(groups: Int32Array, sizes: readonly number[]): [starts: Int32Array, members: Int32Array] {
  const starts = new Int32Array(sizes.length + 1);
  sizes.forEach((size, group) => (starts[group + 1] = (starts[group] ?? 0) + size));
  const ends = starts.slice();
  const members = new Int32Array(starts.at(-1) ?? 0);
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] ?? -1;
    if (group < 0) continue;
    const at = ends[group] ?? 0;
    members[at] = row;
    ends[group] = at + 1;
  }
  return [starts, members];
}
