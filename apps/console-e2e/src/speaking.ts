import type { APIRequest, APIRequestContext, Page } from '@playwright/test';
import { type AccountView, LOCALES } from '@ponte/contracts';
import { corpusFile, corpusItems } from '@ponte/testing';
import { type Account, addPerson, expect, type StorageState, test as base } from './stories';
import { type Words, wordsOf } from './texts';

/** Somebody who reads the console in one language. */
interface Reader {
  readonly state: StorageState;
  /** An account where this person is an agent; in those of the stories it is an administrator. */
  readonly agentIn: number;
}

interface Speaking {
  reader: Reader;
  /** The console's texts in the language of the story: Playwright's `locale` says which. */
  words: Words;
  wizard: Wizard;
}

const WIZARD_STEPS = ['columns', 'values', 'review'] as const;
type WizardStep = (typeof WIZARD_STEPS)[number];

interface SpeakingWorkers {
  readerOf: (locale: string) => Promise<Reader>;
}

/** Stories that are told by the keys of the texts, each by a person who reads them in the story's language. */
export const test = base.extend<Speaking, SpeakingWorkers>({
  readerOf: [
    async ({ playwright, administratorState }, use) => {
      const readers = new Map<string, Promise<Reader>>();
      const administrator = await playwright.request.newContext({ storageState: administratorState });
      await use((locale) => {
        const reader = readers.get(locale) ?? makeReader(locale, administrator, playwright.request);
        readers.set(locale, reader);
        return reader;
      });
      await administrator.dispose();
    },
    { scope: 'worker' },
  ],
  reader: async ({ locale, readerOf }, use) => use(await readerOf(locale ?? '')),
  storageState: async ({ reader }, use) => use(reader.state),
  words: async ({ locale }, use) => use(wordsOf(locale ?? '')),
  wizard: async ({ page, account, words }, use) => use(new Wizard(page, account, words)),
});

const baseUrl = () => process.env['PONTE_E2E_URL'] ?? '';

/** Of their own: the language belongs to the person, and those whom the other stories know keep theirs. */
async function makeReader(
  locale: string,
  administrator: APIRequestContext,
  strangers: APIRequest,
): Promise<Reader> {
  const accounts = `${baseUrl()}/api/v1/accounts`;
  const made = await administrator.post(accounts, { data: { name: `Leituras ${locale}` } });
  expect(made.status(), await made.text()).toBe(201);
  const { id: agentIn } = (await made.json()) as AccountView;
  const person = {
    email: `leitura-${locale}-${agentIn}@example.com`.toLowerCase(),
    password: 'quatro palavras que só a Rita sabe',
  };
  const spoken = LOCALES.find((each) => each === locale);
  const { cookies } = await addPerson(administrator, strangers, agentIn, {
    ...person,
    name: 'Rita de Cássia',
    role: 'agent',
    ...(spoken && { locale: spoken }),
  });
  return { agentIn, state: { cookies, origins: readsIn(locale).origins } };
}

/** A browser where nobody is signed in, left in this language. */
export const readsIn = (locale: string): StorageState => ({
  cookies: [],
  origins: [{ origin: baseUrl(), localStorage: [{ name: 'ponte.language', value: locale }] }],
});

/** The way through the wizard, by the keys of its texts. */
export class Wizard {
  constructor(
    private readonly page: Page,
    private readonly account: Account,
    private readonly words: Words,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(`/accounts/${this.account.id}/imports/new`);
    await this.isAt('file');
  }

  async isAt(heading: string): Promise<void> {
    const name = this.words.t(`wizard.headings.${heading}`);
    await expect(this.page.getByRole('heading', { name, level: 2 })).toBeVisible({ timeout: 30_000 });
  }

  async choose(name: string, content: string | Uint8Array): Promise<void> {
    const buffer = Buffer.from(content as string);
    const input = this.page.locator('input[type=file]');
    await input.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  }

  async chooseFromCorpus(file: string): Promise<void> {
    const item = corpusItems().find((candidate) => candidate.file === file);
    if (!item) throw new Error(`${file} is not in the corpus`);
    await this.choose(file.replace(/^\w+\//, ''), corpusFile(item));
  }

  async startOver(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.t('wizard.start_over.action') }).click();
    await this.isAt('file');
  }

  /** Chooses a file and goes on until the step. */
  async bring(name: string, rows: readonly string[], step: WizardStep): Promise<void> {
    await this.choose(name, `${rows.join('\n')}\n`);
    await this.goOnTo(step);
  }

  /** From the file that was read. */
  async goOnTo(step: WizardStep): Promise<void> {
    await this.isAt('file_read');
    for (const next of WIZARD_STEPS.slice(0, WIZARD_STEPS.indexOf(step) + 1)) {
      await this.goOn();
      await this.isAt(next);
    }
  }

  async goOn(): Promise<void> {
    await this.page.getByRole('button', { name: this.words.t('wizard.next'), exact: true }).click();
  }
}
