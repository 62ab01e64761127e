/**
 * One spelling for the name of a part: part names are compared without case, and some writers use backslashes or a
 * leading slash in the ZIP. Names are only ever compared, never used as paths or as object keys.
 */
export function partKey(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

/**
 * Key of the part that a relation points at. `base` is the key of the part whose relation it is; absolute targets,
 * `.` and `..` are followed, but never above the root.
 */
export function resolveTarget(base: string, target: string): string {
  const path = decodePercent(target.replaceAll('\\', '/'));
  const steps = path.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return partKey(steps.join('/'));
}

/** Key of the part that holds the relations of another: `xl/workbook.xml` has `xl/_rels/workbook.xml.rels`. */
export function relationsKey(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

function decodePercent(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A percent sign that is no escape; then the name means what it says.
    return path;
  }
}
