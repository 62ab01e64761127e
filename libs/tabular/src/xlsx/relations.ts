import { relationsKey, resolveTarget } from './part-name';
import { scanSmallPart, type WorkbookPackage } from './read-part';

/** From one part to another. `kind` is the last word of the type, which strict and transitional files share. */
export interface Relation {
  readonly id: string;
  readonly kind: string;
  /** Key of the part. */
  readonly target: string;
}

/**
 * The relations of a part inside the file, by their order; of the file itself for the empty key. A part without
 * relations has none. Throws `TableRefusal`.
 */
export async function readRelations(
  pack: WorkbookPackage,
  part: string,
  signal: AbortSignal | undefined,
): Promise<readonly Relation[]> {
  const key = relationsKey(part);
  const relations: Relation[] = [];
  if (!pack.entries.has(key)) return relations;
  await scanSmallPart(
    pack,
    key,
    {
      wantsText: false,
      open(tag) {
        if (tag.name !== 'Relationship' || tag.attribute('TargetMode') === 'External') return;
        relations.push({
          id: tag.attribute('Id') ?? '',
          kind: (tag.attribute('Type') ?? '').replace(/^.*\//, ''),
          target: resolveTarget(part, tag.attribute('Target') ?? ''),
        });
      },
      close() {},
      text() {},
    },
    signal,
  );
  return relations;
}
