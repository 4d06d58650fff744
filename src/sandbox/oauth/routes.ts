import express, { type Request, type Response, type Router } from 'express';
import { readBody } from '../body.ts';
import type { SlackApp, Team, User } from '../state/types.ts';
import type { World } from '../state/world.ts';
import type { Codes } from './codes.ts';
import { type Asked, consentPage, errorPage, fieldOf } from './page.ts';

/** The page on which a person allows an app into their workspace, and where its answer goes. */
export function oauthRoutes(world: World, codes: Codes): Router {
  const router = express.Router();
  router.get('/oauth/v2/authorize', (request, response) => {
    const asked = readAsked(world, request.query);
    if (typeof asked === 'string') return sendError(response, asked);
    response.type('html').send(consentPage(asked, choices(world, asked.app)));
  });
  router.post('/oauth/v2/authorize', async (request, response) => {
    await decide({ world, codes, request, response });
  });
  router.get('/app_redirect', (request, response) => {
    const team = typeof request.query['team'] === 'string' ? request.query['team'] : '';
    response.redirect(302, world.teams.has(team) ? `/?team=${team}` : '/');
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
  const person = choices(world, asked.app).find(
    ({ team, user }) => `${team.id}/${user.id}` === chosen,
  );
  if (body.ok && body.fields.decision === 'deny') {
    target.searchParams.set('error', 'access_denied');
  } else if (body.ok && person) {
    const { team, user } = person;
    const { fields } = body;
    const code = o.codes.give({
      appId: asked.app.id,
      teamId: team.id,
      userId: user.id,
      scopes: asked.scopes.filter(
        (scope) => !asked.optional.includes(scope) || fields[fieldOf(scope)] !== undefined,
      ),
      redirectUri: asked.redirectUri,
    });
    target.searchParams.set('code', code);
  } else {
    return sendError(response, 'Choose who installs the app.');
  }
  response.redirect(302, target.href);
}

function sendError(response: Response, message: string): void {
  response.status(400).type('html').send(errorPage(message));
}

/** Who may install the app where; first where it is not yet. */
function choices(world: World, app: SlackApp): { team: Team; user: User }[] {
  const has = (team: Team) => Number(app.installations.get(team.id)?.status === 'active');
  const teams = [...world.teams.values()].toSorted((a, b) => has(a) - has(b));
  return teams.flatMap((team) =>
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
  const known = scopes.bot ?? [];
  const wanted = text('scope')
    .split(/[, ]+/)
    .filter((scope) => scope !== '');
  const unknown = wanted.filter((scope) => !known.includes(scope));
  if (unknown.length > 0) return `Invalid permissions requested: ${unknown.join(', ')}`;
  if (wanted.length === 0) return 'No scopes requested.';
  const optional = wanted.filter((scope) => scopes.bot_optional?.includes(scope));
  return { app, scopes: wanted, optional, redirectUri, state: text('state') };
}
