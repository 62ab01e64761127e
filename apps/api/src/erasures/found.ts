import { canonicalPhone, ninthDigitTwin } from '@ponte/contacts';
import { ERASURE_PLACES, type ErasureCounts, type ErasurePlace, type PersonData } from '@ponte/contracts';

/** Who is looked for: phones in E.164, an e-mail address, or both. */
export interface Person {
  phones: readonly string[];
  email: string | null;
}

/** Every form in which a contact with one of the phones may be stored. */
export function phoneForms({ phones }: Person): string[] {
  return phones.flatMap((phone) => {
    const canonical = canonicalPhone(phone);
    const twin = ninthDigitTwin(canonical);
    return twin === null ? [canonical] : [canonical, twin];
  });
}

type Data = PersonData['records'][number]['data'];

/** Something that the account keeps of a person, with what is needed to erase it. */
export type Found =
  | { place: 'contacts'; id: number; data: Data }
  | { place: 'rejected_rows'; id: number; row: number; data: Data }
  | { place: 'stored_files'; id: number; isInFile: boolean; isNamed: boolean; data: Data }
  | { place: 'export_files'; id: number; data: Data }
  | { place: 'export_queries'; id: number; data: Data }
  | { place: 'import_mappings'; id: null; header: Buffer; data: Data }
  | { place: 'outbox'; id: number; data: Data };

export type FoundIn<Place extends ErasurePlace> = Extract<Found, { place: Place }>;

export function foundIn<Place extends ErasurePlace>(found: readonly Found[], place: Place): FoundIn<Place>[] {
  return found.filter((record): record is FoundIn<Place> => record.place === place);
}

export function countFound(found: readonly Found[]): ErasureCounts {
  const counts = ERASURE_PLACES.map((place) => [place, foundIn(found, place).length] as const);
  return Object.fromEntries(counts) as Record<ErasurePlace, number>;
}
