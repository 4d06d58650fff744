import { ApiError } from '../errors.ts';
import { revokeToken, uninstallApp } from '../state/apps.ts';
import { needText, readFlag } from './arguments.ts';
import { judge } from './content.ts';
import type { BotCall, MethodTable } from './method.ts';
import type { Tickets } from './tickets.ts';

function authTest(call: BotCall) {
  const { team, installation } = call;
  const bot = team.users.get(installation.botUserId);
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: bot?.handle ?? '',
    team_id: team.id,
    user_id: installation.botUserId,
    bot_id: installation.botId,
    is_enterprise_install: false,
  };
}

function revoke(call: BotCall) {
  if (readFlag(call.args, 'test')) return { revoked: false };
  revokeToken(call.world, call.app, call.installation);
  return { revoked: true };
}

function uninstall(call: BotCall) {
  const { args, app } = call;
  if (needText(args, 'client_id') !== app.clientId) throw new ApiError('invalid_client_id');
  if (needText(args, 'client_secret') !== app.clientSecret) throw new ApiError('bad_client_secret');
  uninstallApp(call.world, app, call.team);
  return {};
}

export function appMethods(tickets: Tickets): MethodTable {
  return {
    'apps.connections.open': {
      token: 'app',
      // Tier 1 is "1+": Slack lets an app reconnect many times in a minute.
      tier: 2,
      run: ({ app, world }) => {
        if (app.delivery.mode !== 'socket') throw new ApiError('socket_mode_not_enabled');
        const address = world.baseUrl.replace(/^http/, 'ws');
        return { url: `${address}/link?ticket=${tickets.give(app.id)}` };
      },
    },
    'apps.uninstall': { token: 'bot', scopes: [], tier: 1, run: uninstall },
    'auth.test': { token: 'bot', scopes: [], tier: 'special', run: authTest },
    'auth.revoke': { token: 'bot', scopes: [], tier: 3, run: revoke },
    'api.test': { token: 'none', tier: 4, run: ({ args }) => ({ args }) },
    'blocks.validate': {
      token: 'none',
      tier: 'special',
      run: ({ args }) => {
        judge(args);
        return {};
      },
    },
  };
}
