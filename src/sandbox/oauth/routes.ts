import express, { type Request, type Response, type Router } from 'express';
import { readBody } from '../body.ts';
import type { SlackApp, Team, User } from '../state/types.ts';
import type { World } from '../state/world.ts';
import type { Codes } from './codes.ts';
import { consentPage, errorPage } from './page.ts';

export type Asked = { app: SlackApp; scopes: string[]; redirectUri: string; state: string };

/** The page on which a person allows an app into their workspace, and where its answer goes. */
export function oauthRoutes(world: World, codes: Codes): Router {
  const router = express.Router();
  router.get('/oauth/v2/authorize', (request, response) => {
    const asked = readAsked(world, request.query);
    if (typeof asked === 'string') return sendError(response, asked);
    response.type('html').send(consentPage(asked, choices(world)));
  });
  router.post('/oauth/v2/authorize', async (request, response) => {
    await decide({ world, codes, request, response });
  });
  return router;
}

async function decide(o: {
  world: World;
  codes: Codes;
  request: Request;
  response: Response;
}): Promise<void> {
  const { world, request, response } = o;
  const body = await readBody(request);
  const asked = readAsked(world, request.query);
  if (typeof asked === 'string') return sendError(response, asked);
  const target = new URL(asked.redirectUri);
  target.searchParams.set('state', asked.state);
  const chosen = body.ok ? String(body.fields.person) : '';
  const person = choices(world).find(({ team, user }) => `${team.id}/${user.id}` === chosen);
  if (body.ok && body.fields.decision === 'deny') {
    target.searchParams.set('error', 'access_denied');
  } else if (person) {
    const { team, user } = person;
    const code = o.codes.give({ ...asked, appId: asked.app.id, teamId: team.id, userId: user.id });
    target.searchParams.set('code', code);
  } else {
    return sendError(response, 'Choose who installs the app.');
  }
  response.redirect(302, target.href);
}

function sendError(response: Response, message: string): void {
  response.status(400).type('html').send(errorPage(message));
}

function choices(world: World): { team: Team; user: User }[] {
  return [...world.teams.values()].flatMap((team) =>
    [...team.users.values()]
      .filter((user) => !user.isBot && !user.deactivated)
      .filter((user) => ['owner', 'admin', 'member'].includes(user.role))
      .map((user) => ({ team, user })),
  );
}

/** What an app asks for; a sentence when Slack would show an error instead. */
function readAsked(world: World, query: Request['query']): Asked | string {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : '');
  const app = [...world.apps.values()].find((one) => one.clientId === text('client_id'));
  if (!app) return 'Invalid client_id parameter.';
  const { redirect_urls: allowed = [], scopes } = app.manifest.oauth_config;
  const redirectUri = text('redirect_uri') || (allowed[0] ?? '');
  if (!allowed.some((url) => redirectUri === url || redirectUri.startsWith(`${url}/`))) {
    return `redirect_uri did not match any configured URIs. Passed URI: ${redirectUri}`;
  }
  if (text('user_scope') !== '') return 'Invalid permissions requested: user scopes are not set.';
  const known = [...(scopes.bot ?? []), ...(scopes.bot_optional ?? [])];
  const wanted = text('scope')
    .split(/[, ]+/)
    .filter((scope) => scope !== '');
  const unknown = wanted.filter((scope) => !known.includes(scope));
  if (unknown.length > 0) return `Invalid permissions requested: ${unknown.join(', ')}`;
  if (wanted.length === 0) return 'No scopes requested.';
  return { app, scopes: wanted, redirectUri, state: text('state') };
}
