import { ApiError } from '../errors.ts';
import { installApp, rotateToken, TOKEN_SECONDS } from '../state/apps.ts';
import type { Installation, SlackApp } from '../state/types.ts';
import { needText, readText } from '../web-api/arguments.ts';
import type { MethodTable, OpenCall } from '../web-api/method.ts';
import type { Codes } from './codes.ts';

function clientOf(call: OpenCall): SlackApp {
  const id = call.basic?.user ?? needText(call.args, 'client_id');
  const secret = call.basic?.password ?? needText(call.args, 'client_secret');
  const app = [...call.world.apps.values()].find((one) => one.clientId === id);
  if (!app) throw new ApiError('invalid_client_id');
  if (app.clientSecret !== secret) throw new ApiError('bad_client_secret');
  return app;
}

/** Trades a refresh token, which works once, for the next token. */
function refresh(call: OpenCall, app: SlackApp) {
  const given = needText(call.args, 'refresh_token');
  const installation = [...app.installations.values()].find(
    (one) => one.status === 'active' && one.rotation?.refreshToken === given,
  );
  const team = installation && call.world.teams.get(installation.teamId);
  if (!installation || !team) throw new ApiError('invalid_refresh_token');
  rotateToken(call.world, team, installation);
  return {
    ...tokensOf(installation),
    token_type: 'bot',
    scope: installation.scopes.join(','),
    bot_user_id: installation.botUserId,
    app_id: app.id,
    team: { id: team.id, name: team.name },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function tokensOf({ botToken, rotation }: Installation) {
  return {
    access_token: botToken,
    ...(rotation && { refresh_token: rotation.refreshToken, expires_in: TOKEN_SECONDS }),
  };
}

/** Exchanges a code for a bot token, which installs the app. */
export function oauthMethods(codes: Codes): MethodTable {
  return {
    'oauth.v2.access': {
      token: 'none',
      tier: 4,
      run(call) {
        const app = clientOf(call);
        const grantType = readText(call.args, 'grant_type') ?? 'authorization_code';
        if (grantType === 'refresh_token' && app.manifest.settings?.token_rotation_enabled)
          return refresh(call, app);
        if (grantType !== 'authorization_code') throw new ApiError('invalid_grant_type');
        const grant = codes.redeem(needText(call.args, 'code'));
        if (grant.appId !== app.id) throw new ApiError('invalid_code');
        const redirectUri = readText(call.args, 'redirect_uri');
        if (redirectUri !== undefined && redirectUri !== grant.redirectUri) {
          throw new ApiError('bad_redirect_uri');
        }
        const team = call.world.teams.get(grant.teamId);
        const installer = team?.users.get(grant.userId);
        if (!team || !installer) throw new ApiError('invalid_code');
        const scopes = grant.scopes;
        const installation = installApp(call.world, { app, team, installer, scopes });
        return {
          ...tokensOf(installation),
          token_type: 'bot',
          scope: installation.scopes.join(','),
          bot_user_id: installation.botUserId,
          app_id: app.id,
          team: { id: team.id, name: team.name },
          enterprise: null,
          authed_user: { id: installer.id },
          is_enterprise_install: false,
        };
      },
    },
  };
}
