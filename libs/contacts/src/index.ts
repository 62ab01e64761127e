export { isAreaCode } from './area-codes';
export {
  CONTACT_FIELDS,
  contactKey,
  type Contact,
  type ContactField,
  type ContactFieldName,
  type ContactInput,
  type HeaderWords,
} from './contact-fields';
export {
  REJECTION_CODES,
  SERVER_CODES,
  WARNING_CODES,
  type ContactIssue,
  type RejectionCode,
  type WarningCode,
} from './issue-codes';
export { checkContact, type ContactVerdict } from './check-contact';
export { checkEmail } from './check-email';
export { isSameName, unescapeName } from './check-name';
export { isE164 } from './check-phone';
export { checkRow, rejectRow, resolveHeader, type ContactColumns, type HeaderVerdict } from './match-columns';
export { isReasonTitle } from './reason-title';
export { foldText, phoneQuery } from './search-text';
export { contactSchema, type SchemaIssue, type SchemaResult, type StandardSchema } from './contact-schema';
export {
  ASSISTED_CODES,
  OPTIONAL_REPAIRS,
  REPAIR_CODES,
  type AssistedCode,
  type RepairCode,
} from './repair-codes';
export {
  COLUMN_ROLES,
  GUESS_REASONS,
  SHARED_ROLES,
  type ColumnGuess,
  type ColumnMapping,
  type ColumnRole,
  type GuessReason,
} from './column-roles';
export { REPAIR_BITS, repairMask, repairsOf, type RepairMask } from './repair-mask';
export type { CellProposal, RepairContext, RepairOffer } from './cell-proposal';
export { isPlainEmail } from './plain-email';
export { isPlainName } from './plain-name';
export { isPlainMobile, readPlainPhone } from './plain-phone';
export { proposePhone } from './propose-phone';
export { proposeName } from './propose-name';
export { proposeEmail } from './propose-email';
export {
  codesOf,
  judgeRow,
  needsOfRow,
  proposeRow,
  repairCells,
  repairsOfRow,
  valueOf,
  type RepairIssue,
  type RepairVerdict,
  type RowProposal,
} from './repair-cells';
export { ninthDigitTwin } from './ninth-digit';
export { canonicalPhone, personFinder, type KnownPerson, type PersonFinder } from './person-finder';
export { joinContacts, type ContactCells } from './join-contacts';
export { compileMapping, type MapCells } from './compile-mapping';
export { suggestMapping } from './suggest-mapping';
