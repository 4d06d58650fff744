/** A `fetch` for calls to Slack only: the configured API's own origin, or Slack's hosts over TLS. Rejects any other address and every redirect. */
export function createSlackFetch(apiUrl: string): typeof fetch {
  const { origin } = new URL(apiUrl);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== origin && !isSlacks(url)) {
      throw new Error('refused to call an address that is not Slack’s');
    }
    return await fetch(input, { ...init, redirect: 'error' });
  };
}

function isSlacks(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && url.hostname.endsWith('.slack.com');
}
