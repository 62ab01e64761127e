/**
 * What programs written for Chatwoot send and Ponte does not know, with what becomes of it. Taken from Chatwoot's console
 * (`dashboard/api/contacts.js`), its controller's parameters, its API description and the clients that people use. A member
 * that neither restricts nor changes anything here is ignored; what does is refused as `unsupported` until it works. What is
 * not listed is refused as `unknown`.
 */
export interface ChatwootMember {
  /** As in `ROUTES`, without the account. */
  routes: readonly string[];
  part: 'query' | 'body';
  /** `payload.x` is the member `x` of every item of `payload`. */
  members: readonly string[];
  /** Whether this value means nothing here. */
  isIgnored: (value: unknown) => boolean;
  reason: string;
}

const always = () => true;
/** Nothing was said. */
const whenEmpty = (value: unknown): boolean =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

const LISTS = ['get /contacts', 'get /contacts/search', 'post /contacts/filter'];
const WRITES = ['post /contacts', 'patch /contacts/{id}'];
const FILTERS = ['post /contacts/filter', 'post /contacts/export'];

export const CHATWOOT_MEMBERS: readonly ChatwootMember[] = [
  {
    routes: [...LISTS, 'get /contacts/{id}', 'patch /contacts/{id}'],
    part: 'query',
    members: ['include_contact_inboxes'],
    isIgnored: always,
    reason: 'Asks whether the answer also shows the inboxes of a contact. There are no inboxes to show.',
  },
  {
    routes: LISTS,
    part: 'query',
    members: ['labels[]', 'labels'],
    isIgnored: whenEmpty,
    reason: 'Restricts the list to contacts with a label. Without labels it would list everyone.',
  },
  {
    routes: ['post /contacts'],
    part: 'body',
    members: ['inbox_id', 'source_id'],
    isIgnored: always,
    reason: 'Links a new contact to an inbox. There are no inboxes; the contact itself is the same.',
  },
  {
    routes: WRITES,
    part: 'body',
    members: ['identifier', 'emails', 'custom_attributes', 'additional_attributes', 'avatar', 'avatar_url'],
    isIgnored: whenEmpty,
    reason: 'Data of the contact that has no place here yet. It would be lost.',
  },
  {
    routes: WRITES,
    part: 'body',
    members: ['blocked'],
    isIgnored: (value) => value === false || whenEmpty(value),
    reason: 'Blocks the contact. No contact is blocked, so only `false` changes nothing.',
  },
  {
    routes: FILTERS,
    part: 'body',
    members: ['payload.attribute_model'],
    isIgnored: (value) => value === 'standard' || whenEmpty(value),
    reason: 'Says whether the attribute is standard. Every attribute that can be filtered by is.',
  },
  {
    routes: FILTERS,
    part: 'body',
    members: ['payload.custom_attribute_type'],
    isIgnored: whenEmpty,
    reason: 'The kind of a custom attribute, which standard attributes leave empty.',
  },
];
