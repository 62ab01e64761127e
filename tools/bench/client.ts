import type { AccountView, ImportView, NewAccessToken, Profile } from '@ponte/contracts';
import { openAsBlob } from 'node:fs';

export interface SignIn {
  readonly email: string;
  readonly password: string;
}

/** Talks to the product as a program does: JSON, an access token, an account. Any answer but a good one is thrown. */
export class Client {
  constructor(
    private readonly address: string,
    readonly token: string,
    readonly account: number,
  ) {}

  /** Signs in, makes a new, empty account and a token of that person: a token itself makes neither. */
  static async inNewAccount(address: string, who: SignIn): Promise<Client> {
    const signIn = await send<Profile>(address, 'POST', '/auth/sign_in', {}, who);
    const cookie = (signIn.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    const headers = { cookie };
    const { body } = await send<NewAccessToken>(address, 'POST', '/profile/access_tokens', headers, {
      name: 'bench',
    });
    const account = await send<AccountView>(address, 'POST', '/accounts', headers, { name: 'Bench' });
    return new Client(address, body.token, account.body.id);
  }

  async get<Body>(path: string): Promise<Body> {
    return (await send<Body>(this.address, 'GET', path, this.headers)).body;
  }

  async post<Body>(path: string, body: unknown): Promise<Body> {
    return (await send<Body>(this.address, 'POST', path, this.headers, body)).body;
  }

  /** Uploads a file to be imported, straight from the disk. */
  async upload(file: string): Promise<ImportView> {
    const form = new FormData();
    form.set('file', await openAsBlob(file), 'contacts.csv');
    return (
      await send<ImportView>(this.address, 'POST', `/accounts/${this.account}/imports`, this.headers, form)
    ).body;
  }

  /** The states of an import as the server tells them, until it ends. */
  async *follow(importId: number): AsyncGenerator<ImportView> {
    const url = `${this.address}/api/v1/accounts/${this.account}/imports/${importId}/events`;
    const { body, status } = await fetch(url, { headers: this.headers });
    if (body === null || status !== 200) throw new Error(`No events but ${status}.`);
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (text + value).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) yield JSON.parse(data) as ImportView;
      }
    }
  }

  private get headers(): Record<string, string> {
    return { api_access_token: this.token };
  }
}

async function send<Body>(
  address: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<{ headers: Headers; body: Body }> {
  const json = body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' };
  const response = await fetch(`${address}/api/v1${path}`, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
  return { headers: response.headers, body: JSON.parse(text) as Body };
}
