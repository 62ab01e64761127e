import type { Client } from './client';

export interface ServerEvent<Data> {
  name: string;
  data: Data;
}

/** Follows server-sent events until the server ends the stream or the caller stops asking. */
export async function* followEvents<Data>(client: Client, path: string): AsyncGenerator<ServerEvent<Data>> {
  const controller = new AbortController();
  const response = await fetch(`${client.product.url}/api/v1${path}`, {
    headers: client.credentials,
    signal: controller.signal,
  });
  if (response.body === null || !/^text\/event-stream/.test(response.headers.get('content-type') ?? '')) {
    throw new Error(`No events but ${response.status}: ${await response.text()}`);
  }
  let text = '';
  try {
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
        const data = field('data');
        if (data !== undefined) yield { name: field('event') ?? '', data: JSON.parse(data) as Data };
      }
    }
  } finally {
    controller.abort();
  }
}
