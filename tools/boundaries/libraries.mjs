// @ts-check

/**
 * What the browser bundle of every `runtime:any` library may contain: npm packages by name, direct and transitive, and
 * kilobytes (1,000 bytes, minified and gzipped, with everything the library pulls in). The budgets sit about a quarter
 * above the size on the day they were set; raising one is a decision to write down, not a reflex.
 *
 * @typedef {{ packages: readonly string[], gzipKilobytes: number }} LibraryBudget
 * @type {Readonly<Record<string, LibraryBudget>>}
 */
export const libraries = {
  // Most of it is the phone metadata of every country ("max"), which is what makes the verdict on a number exact.
  contacts: { packages: ['libphonenumber-js'], gzipKilobytes: 65 },
  // Room for csv-parse's browser build, which is 24 kB of it.
  tabular: { packages: ['csv-parse'], gzipKilobytes: 30 },
  contracts: { packages: ['zod'], gzipKilobytes: 18 },
  permissions: {
    packages: ['@casl/ability', '@ucast/core', '@ucast/js', '@ucast/mongo', '@ucast/mongo2js'],
    gzipKilobytes: 8,
  },
};
