import {
  RUN_END_STATES,
  TOKEN_SCOPES,
  type AccountView,
  type ContactView,
  type DryRun,
  type ExportView,
  type ImportView,
  type List,
  type NewAccessToken,
  type Profile,
  type TokenScope,
} from '@ponte/contracts';
import { ADMINISTRATOR, until, type Product } from './product';

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** How a client says who it is: a browser's cookie, a program's token, or nothing. */
export type Credentials =
  { readonly cookie: string } | { readonly api_access_token: string } | Record<string, never>;

/** Talks to the product as a program does: JSON, credentials, an account. */
export class Client {
  constructor(
    readonly product: Pick<Product, 'url'>,
    readonly credentials: Credentials = {},
    readonly account = 1,
  ) {}

  /** Signs in, as a browser that keeps its cookie. */
  static async signedIn(product: Pick<Product, 'url'>, { email, password } = ADMINISTRATOR): Promise<Client> {
    const signIn = await new Client(product).post<Profile>('/auth/sign_in', { email, password });
    if (signIn.status !== 200) throw new Error(`Not signed in: ${JSON.stringify(signIn.body)}`);
    const cookies = signIn.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    return new Client(product, { cookie: cookies.join('; ') }, signIn.body.accounts[0]?.id ?? 1);
  }

  /** The same person as a program: a new token, with every scope when none are named. */
  async withToken(scopes: readonly TokenScope[] = TOKEN_SCOPES): Promise<Client> {
    const { body } = await this.post<NewAccessToken>('/profile/access_tokens', { name: 'test', scopes });
    return new Client(this.product, { api_access_token: body.token }, this.account);
  }

  /** The same person in a new, empty account. */
  async inNewAccount(): Promise<Client> {
    const { body } = await this.post<AccountView>('/accounts', { name: 'Empty' });
    return new Client(this.product, this.credentials, body.id);
  }

  /** Address below the account. */
  at(path: string): string {
    return `/accounts/${this.account}${path}`;
  }

  get<Body>(path: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.send('GET', path, { headers });
  }

  post<Body>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.send('POST', path, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  patch<Body>(path: string, body: unknown): Promise<Answer<Body>> {
    return this.send('PATCH', path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  put<Body>(path: string, body: unknown): Promise<Answer<Body>> {
    return this.send('PUT', path, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  delete<Body>(path: string): Promise<Answer<Body>> {
    return this.send('DELETE', path, {});
  }

  async send<Body>(method: string, path: string, init: RequestInit): Promise<Answer<Body>> {
    const response = await fetch(`${this.product.url}/api/v1${path}`, {
      method,
      ...init,
      headers: { ...this.credentials, ...(init.headers as Record<string, string> | undefined) },
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }

  /** Uploads a file to `/imports`. */
  upload<Body = ImportView>(
    content: string | Uint8Array | Blob,
    { headers = {}, name = 'contacts.csv', field = 'file', path = '/imports', options = '' } = {},
  ): Promise<Answer<Body>> {
    const form = new FormData();
    if (options !== '') form.set('options', options);
    const part = typeof content === 'string' || content instanceof Blob ? content : Uint8Array.from(content);
    form.set(field, part instanceof Blob ? part : new Blob([part]), name);
    return this.send('POST', this.at(path), { headers, body: form });
  }

  /** Asks what importing a file would do. */
  async dryRun(
    content: string | Uint8Array | Blob,
    options: Parameters<Client['upload']>[1] = {},
  ): Promise<DryRun> {
    const { status, body } = await this.upload<DryRun>(content, { ...options, path: '/imports/dry_run' });
    if (status !== 200) throw new Error(`The dry run was answered with ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  /** Uploads a file and waits for its end. */
  async import(
    content: string | Uint8Array | Blob,
    options: Parameters<Client['upload']>[1] = {},
  ): Promise<ImportView> {
    const { status, body } = await this.upload(content, options);
    if (status !== 202) throw new Error(`The upload was answered with ${status}: ${JSON.stringify(body)}`);
    return this.importEnd(body.id);
  }

  async importEnd(id: number, limitMs = 30_000): Promise<ImportView> {
    const ask = async () => (await this.get<ImportView>(this.at(`/imports/${id}`))).body;
    return until(ask, ({ state }) => RUN_END_STATES.includes(state), limitMs);
  }

  async exportEnd(id: number, limitMs = 30_000): Promise<ExportView> {
    const ask = async () => (await this.get<ExportView>(this.at(`/exports/${id}`))).body;
    return until(ask, ({ state }) => RUN_END_STATES.includes(state), limitMs);
  }

  /** Every contact of the account, in the order of their numbers. */
  async allContacts(): Promise<Pick<ContactView, 'name' | 'phone_number' | 'email'>[]> {
    const contacts: ContactView[] = [];
    for (let page = 1; ; page += 1) {
      const { body } = await this.get<List<ContactView>>(
        this.at(`/contacts?per_page=100&sort=phone_number&page=${page}`),
      );
      contacts.push(...body.payload);
      if (contacts.length >= body.meta.count || body.payload.length === 0) break;
    }
    return contacts.map(({ name, phone_number, email }) => ({ name, phone_number, email }));
  }
}
