export { contactWhere } from './contact-query';
export { ContactsModule } from './contacts.module';
export { UpsertConflict, upsertContacts, type UpsertOutcome } from './upsert-contacts';
