export { buildXlsx, escapeXml, type BuildXlsxOptions, type XlsxSheet } from './build-xlsx';
export { buildZip, type BuildZipOptions, type ZipPart } from './build-zip';
export {
  corpusFile,
  corpusHttpCases,
  corpusItems,
  corpusPath,
  corpusUploadNames,
  type CorpusItem,
  type CorpusKind,
  type CorpusOutcome,
  type CorpusProcessed,
  type CorpusReadable,
  type CorpusRefused,
  type CorpusRejection,
  type CorpusVerdict,
} from './corpus';
export { compareOutcome, type ImportOutcome } from './compare-outcome';
export { digestContacts } from './digest-contacts';
export {
  generateContactsCsv,
  type ExpectedImport,
  type ExpectedRejection,
  type GeneratedContacts,
} from './generate-contacts-csv';
export type { PlanOptions } from './plan-rows';
export { createRandom, type Random } from './random';
export {
  compareReading,
  CORPUS_REPAIRS,
  type ReadingOutcome,
  type ReadingVerdict,
  type ReadTable,
} from './compare-reading';
export { freePort } from './servers/free-port';
export { openMailbox, type CaughtMail, type Mailbox, type MailboxMood } from './servers/mailbox';
export { startRedis, type OwnRedis } from './servers/redis';
export { formulaCells } from './spreadsheet/formula-cells';
export { HOSTILE_CELLS, HOSTILE_TEXTS } from './spreadsheet/hostile-texts';
