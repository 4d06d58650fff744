import type { IncomingMessage, ServerResponse } from 'node:http';
import { createInboundStore } from '../inbound/index.ts';
import { completeInstall, type InstallDeps } from './install.ts';
import { INSTALL_PATH, installUrlOf, REDIRECT_PATH } from './installations.ts';
import {
  failurePage,
  type InstallFailure,
  installedPage,
  installPage,
  PAGE_HEADERS,
  type Page,
} from './pages.ts';
import { createInstallStates, STATE_SECONDS } from './state.ts';

/** Answers a browser that installs the app; false for an address of somebody else's. */
export type InstallRoutes = (request: IncomingMessage, response: ServerResponse) => boolean;

const COOKIE = 'tandem-install';

type RouteDeps = InstallDeps & {
  clientId: string;
  clientSecret: string;
  publicUrl: string;
  apiUrl: string;
  /** Permissions to ask for, the optional ones too. */
  scopes: readonly string[];
};

/** The install page, and the address to which Slack sends the browser back. */
export function createInstallRoutes(deps: RouteDeps): InstallRoutes {
  const { publicUrl, now, log } = deps;
  const states = createInstallStates(deps.clientSecret);
  const uses = createInboundStore(deps.database.prisma);
  const redirectUri = `${publicUrl}${REDIRECT_PATH}`;
  const fail = (failure: InstallFailure): Page => failurePage(failure, installUrlOf(publicUrl));

  function begin(): { page: Page; state: string } {
    const state = states.issue(now());
    const url = new URL('/oauth/v2/authorize', deps.apiUrl);
    url.searchParams.set('client_id', deps.clientId);
    url.searchParams.set('scope', deps.scopes.join(','));
    url.searchParams.set('redirect_uri', redirectUri);
    url.searchParams.set('state', state);
    return { page: installPage(url.href), state };
  }

  async function finish(query: URLSearchParams, cookie: string): Promise<Page> {
    if (query.get('error') === 'access_denied') return fail('cancelled');
    const check = states.check({ state: query.get('state') ?? '', cookie, now: now() });
    if (!check.ok) {
      log.warn({ problem: check.problem }, 'refused to finish an installation');
      return fail(check.problem);
    }
    const code = query.get('code') ?? '';
    if (code === '') return fail(query.has('error') ? 'refused' : 'missing');
    const isFirst = await uses.note({ workspaceId: '-', key: `install:${check.nonce}` }, now());
    if (!isFirst) return fail('used');
    const outcome = await completeInstall(deps, { code, redirectUri });
    if (!outcome.ok) return fail(outcome.problem);
    const openUrl = new URL('/app_redirect', deps.apiUrl);
    openUrl.searchParams.set('app', outcome.appId);
    if (outcome.workspaceId) openUrl.searchParams.set('team', outcome.workspaceId);
    return installedPage({ name: outcome.name, openUrl: openUrl.href });
  }

  function cookieOf(value: string, seconds: number): string {
    const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
    return `${COOKIE}=${value}; Path=/slack; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
  }

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL) {
    if (request.method !== 'GET') return send(response, fail('other_method'));
    if (url.pathname === INSTALL_PATH) {
      const { page, state } = begin();
      return send(response, page, cookieOf(state, STATE_SECONDS));
    }
    const page = await finish(url.searchParams, readCookie(request.headers.cookie));
    send(response, page, page.status === 200 ? cookieOf('', 0) : undefined);
  }

  return (request, response) => {
    const url = URL.parse(request.url ?? '', 'http://localhost');
    if (url?.pathname !== INSTALL_PATH && url?.pathname !== REDIRECT_PATH) return false;
    answer(request, response, url).catch((error: unknown) => {
      log.error({ err: error }, 'an installation could not be finished');
      send(response, fail('refused'));
    });
    return true;
  };
}

function readCookie(header: string | undefined): string {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}

function send(response: ServerResponse, page: Page, cookie?: string): void {
  response
    .writeHead(page.status, { ...PAGE_HEADERS, ...(cookie && { 'set-cookie': cookie }) })
    .end(page.html);
}
