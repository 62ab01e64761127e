export { LANES, laneOf } from './contact-lanes';
export { contactWhere } from './contact-query';
export { applyContact, readStates, type ContactStates, type UpsertOutcome } from './contact-states';
export { ContactsModule } from './contacts.module';
export { NewContacts } from './new-contacts';
export { UpsertConflict } from './upsert-conflict';
export { upsertContacts } from './upsert-contacts';
export { countContacts, readAccountExtent, type AccountExtent } from './count-contacts';
export { removeContacts, removeSearchCopy } from './remove-contacts';
