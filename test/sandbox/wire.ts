export type Reply = { ok: boolean; error?: string } & Record<string, unknown>;

export type Wire = (
  method: string,
  args?: Record<string, unknown>,
  o?: { token?: string | null },
) => Promise<Reply>;

/** Calls methods as a client does that knows nothing but HTTP: a form with nested JSON. */
export function makeWire(apiUrl: string, botToken: string): Wire {
  return async (method, args = {}, o = {}) => {
    const token = o.token === undefined ? botToken : o.token;
    const form = Object.entries(args).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const response = await fetch(`${apiUrl}${method}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: new URLSearchParams(form).toString(),
    });
    return (await response.json()) as Reply;
  };
}
