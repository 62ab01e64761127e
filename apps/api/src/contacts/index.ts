export { contactWhere, type ContactQuery, type Where } from './contact-query';
export { ContactsModule } from './contacts.module';
export { UpsertConflict, upsertContacts, type UpsertOptions, type UpsertOutcome } from './upsert-contacts';
