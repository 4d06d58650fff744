/** Somebody wants Tandem to call an address that is not Slack's. */
export class ForeignAddressError extends Error {
  constructor() {
    super('refused to call an address that is not Slack’s');
    this.name = 'ForeignAddressError';
  }
}

/** Hears of each call how it ended: Slack's word or the network's, null when it went well. */
export type OnSlackCall = (method: string, error: string | null) => void;

/** A `fetch` for calls to Slack only: the configured API's own origin, or Slack's hosts over TLS. Rejects any other address and every redirect. */
export function createSlackFetch(apiUrl: string, onCall?: OnSlackCall): typeof fetch {
  const { origin, pathname: base } = new URL(apiUrl);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin && !isSlacks(url)) throw new ForeignAddressError();
    const calling = fetch(input, { ...init, redirect: 'error' });
    if (!onCall) return await calling;
    const isMethod = url.origin === origin && url.pathname.startsWith(base);
    const method = isMethod ? url.pathname.slice(base.length) : 'response_url';
    return await observe(calling, (error) => onCall(method, error));
  };
}

async function observe(
  calling: Promise<Response>,
  onEnd: (error: string | null) => void,
): Promise<Response> {
  const response = await calling.catch((error: unknown) => {
    onEnd('no_answer');
    throw error;
  });
  if (!response.ok) onEnd(response.status === 429 ? 'ratelimited' : `http_${response.status}`);
  else if (!response.headers.get('content-type')?.includes('json')) onEnd(null);
  else {
    // Slack says in the content whether a call went well; whoever called reads it once, and this listens.
    const read = response.text.bind(response);
    const text = async () => {
      const content = await read();
      onEnd(errorIn(content));
      return content;
    };
    Object.defineProperty(response, 'text', { value: text });
  }
  return response;
}

function errorIn(content: string): string | null {
  if (!/^\s*\{\s*"ok"\s*:\s*false/.test(content)) return null;
  return /"error"\s*:\s*"(\w{1,60})"/.exec(content)?.[1] ?? 'unknown';
}

function isSlacks(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.slack.com');
}
