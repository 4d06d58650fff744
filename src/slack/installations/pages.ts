import { createHash } from 'node:crypto';

/** A page for whoever installs the app, with what a browser may do on it. */
export type Page = { status: number; html: string };

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;color:#1d1c1d;max-width:36rem;margin:3rem auto;padding:0 1rem}a{color:#1264a3}.go{display:inline-block;background:#1f4b6e;color:#fff;padding:.6rem 1.2rem;border-radius:.4rem;text-decoration:none}';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** For pages that carry a state in a link and must not be kept, framed or told of elsewhere. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

export function installPage(authorizeUrl: string): Page {
  return page(200, 'Install Tandem', [
    'Tandem helps an executive and their remote assistant work well together. It asks Slack for the permissions that the next page lists; those marked as optional can be left out and given later.',
    link(authorizeUrl, 'Add to Slack'),
    'If Tandem was in your workspace before, everything in it comes back.',
  ]);
}

export function installedPage(o: { name: string; openUrl: string }): Page {
  return page(200, 'Tandem is installed', [
    `Tandem is now in ${escapeHtml(o.name)}.`,
    link(o.openUrl, 'Open Tandem in Slack'),
    'Next: in the channel of the two people, type <code>/invite @Tandem</code> and then <code>/ea-setup</code>.',
  ]);
}

export type InstallFailure =
  | 'cancelled'
  | 'missing'
  | 'forged'
  | 'expired'
  | 'other_browser'
  | 'used'
  | 'refused'
  | 'unreachable'
  | 'other_method';

const FAILURES: Record<InstallFailure, { status: number; title: string; text: string }> = {
  cancelled: {
    status: 200,
    title: 'Nothing was installed',
    text: 'You cancelled, so Tandem was not installed and nothing changed.',
  },
  missing: {
    status: 400,
    title: 'This address is not complete',
    text: 'An installation begins on the install page of this server.',
  },
  forged: {
    status: 400,
    title: 'This installation was not begun here',
    text: 'Somebody may have sent you this address. Nothing was installed. Begin on the install page of this server.',
  },
  expired: {
    status: 400,
    title: 'This took too long',
    text: 'An installation has to be finished within ten minutes. Nothing was installed.',
  },
  other_browser: {
    status: 400,
    title: 'This installation was begun in another browser',
    text: 'It can only be finished where it was begun, with cookies allowed, and in the tab that was opened last. Nothing was installed.',
  },
  used: {
    status: 400,
    title: 'This address was used before',
    text: 'Each installation has its own address, which works once. If Tandem is in your workspace already, there is nothing more to do.',
  },
  refused: {
    status: 400,
    title: 'Slack did not confirm the installation',
    text: 'Nothing was installed. Please begin again; if it happens again, tell whoever runs this server.',
  },
  unreachable: {
    status: 502,
    title: 'Slack cannot be reached',
    text: 'Nothing was installed. Please begin again in a few minutes.',
  },
  other_method: {
    status: 405,
    title: 'This page can only be opened',
    text: 'It takes no data.',
  },
};

export function failurePage(failure: InstallFailure, installUrl: string): Page {
  const { status, title, text } = FAILURES[failure];
  return page(status, title, [text, link(installUrl, 'Begin again')]);
}

function page(status: number, title: string, paragraphs: string[]): Page {
  const body = paragraphs.map((one) => `<p>${one}</p>`).join('\n');
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>
${body}
</main></body></html>
`;
  return { status, html };
}

function link(url: string, text: string): string {
  return `<a class="go" href="${escapeHtml(url)}">${text}</a>`;
}

function escapeHtml(text: string): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => named[character] ?? character);
}
