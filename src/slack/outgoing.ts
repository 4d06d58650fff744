/** Somebody wants Tandem to call an address that is not Slack's. */
export class ForeignAddressError extends Error {
  constructor() {
    super('refused to call an address that is not Slack’s');
    this.name = 'ForeignAddressError';
  }
}

/** Hears of each call how it ended: Slack's word or the network's, null when it went well. */
export type OnSlackCall = (method: string, error: string | null) => void;

/** Showing a view again does no harm: a trigger opens one view, and an update puts the same one there. */
const REPEATABLE: ReadonlySet<string> = new Set(['views.open', 'views.push', 'views.update']);

/** A `fetch` for calls to Slack only: the configured API's own origin, or Slack's hosts over TLS. Rejects any other address and every redirect. */
export function createSlackFetch(apiUrl: string, onCall?: OnSlackCall): typeof fetch {
  const { origin, pathname: base } = new URL(apiUrl);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin && !isSlacks(url)) throw new ForeignAddressError();
    const isMethod = url.origin === origin && url.pathname.startsWith(base);
    const method = isMethod ? url.pathname.slice(base.length) : 'response_url';
    const call = () => {
      const calling = fetch(input, { ...init, redirect: 'error' });
      return onCall ? observe(calling, (error) => onCall(method, error)) : calling;
    };
    return await (REPEATABLE.has(method) ? callAgain(call) : call());
  };
}

/**
 * Makes a call once more when its answer was lost or Slack failed, while the person still waits. A trigger that is used
 * up by then says that the view is there.
 */
async function callAgain(call: () => Promise<Response>): Promise<Response> {
  const first = await call().catch(() => null);
  if (first && first.status < 500) return first;
  const second = await call();
  const content = await second.text();
  if (errorIn(content) === 'exchanged_trigger_id') return Response.json({ ok: true });
  return new Response(content, second);
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
