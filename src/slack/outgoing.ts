/** Somebody wants Tandem to call an address that is not Slack's. */
export class ForeignAddressError extends Error {
  constructor() {
    super('refused to call an address that is not Slack’s');
    this.name = 'ForeignAddressError';
  }
}

/** A `fetch` for calls to Slack only: the configured API's own origin, or Slack's hosts over TLS. Rejects any other address and every redirect. */
export function createSlackFetch(apiUrl: string): typeof fetch {
  const { origin } = new URL(apiUrl);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin && !isSlacks(url)) throw new ForeignAddressError();
    return await fetch(input, { ...init, redirect: 'error' });
  };
}

function isSlacks(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.slack.com');
}
