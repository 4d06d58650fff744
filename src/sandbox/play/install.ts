type Who = { team: string; user: string };

/** A browser without a screen: it keeps cookies and shows where it is sent. */
export type Browser = {
  open(url: string): Promise<{ status: number; text: string }>;
  cookies: Map<string, string>;
};

export function openBrowser(): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async open(url) {
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
      const response = await fetch(url, { headers: { cookie }, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (/max-age=0\b/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return { status: response.status, text: await response.text() };
    },
  };
}

/** Opens an app's install page and says where its button leads: the page on which Slack asks. */
export async function beginInstall(browser: Browser, installUrl: string): Promise<string> {
  const { text } = await browser.open(installUrl);
  const [, href = ''] = /href="([^"]*\/oauth\/v2\/authorize[^"]*)"/.exec(text) ?? [];
  return href.replaceAll('&amp;', '&');
}

/**
 * Answers the page on which Slack asks; optional permissions are given but those in `without`. Says where the browser
 * is sent back, or `nowhere: ` and what the page says instead.
 */
export async function answerConsent(
  url: string,
  o: { who: Who; decision?: 'allow' | 'deny'; without?: readonly string[] },
): Promise<string> {
  const page = await (await fetch(url)).text();
  const ticks = [...page.matchAll(/type="checkbox" name="scope:([^"]+)"/g)]
    .flatMap(([, scope]) => scope ?? [])
    .filter((scope) => !o.without?.includes(scope));
  const form = new URLSearchParams({
    person: `${o.who.team}/${o.who.user}`,
    decision: o.decision ?? 'allow',
    ...Object.fromEntries(ticks.map((scope) => [`scope:${scope}`, 'on'])),
  });
  const response = await fetch(url, { method: 'POST', redirect: 'manual', body: form });
  return response.headers.get('location') ?? `nowhere: ${await response.text()}`;
}

/** All of it as a person does it: the app's page, Slack's page, and back. Rejects with the page that says what is wrong. */
export async function installByPage(installUrl: string, who: Who): Promise<void> {
  const browser = openBrowser();
  const back = await answerConsent(await beginInstall(browser, installUrl), { who });
  const page = await browser.open(back);
  if (page.status !== 200) throw new Error(`The app could not be installed: ${page.text}`);
}
