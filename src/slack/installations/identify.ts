import { WebClient } from '@slack/web-api';
import { webClientOptions } from '../clients.ts';
import { slackErrorOf } from '../errors.ts';
import type { Installation } from './domain.ts';

/** The one workspace that `botToken` belongs to, as Slack says. Rejects with a sentence when Slack refuses the token or cannot be reached. */
export async function identifyInstallation(
  botToken: string,
  apiUrl: string,
): Promise<Installation> {
  const answer = await new WebClient(botToken, webClientOptions(apiUrl)).auth
    .test()
    .catch((error: unknown) => {
      throw new Error(explainRefusal(error, { variable: 'SLACK_BOT_TOKEN', apiUrl }), {
        cause: error,
      });
    });
  const { team_id: workspaceId, team, user_id: botUserId, bot_id: botId } = answer;
  const scopes = answer.response_metadata?.scopes ?? [];
  if (!workspaceId || !botUserId || !botId) {
    throw new Error(
      'SLACK_BOT_TOKEN is not the token of a bot. Use the Bot User OAuth Token, which starts with xoxb-.',
    );
  }
  return { workspaceId, workspaceName: team ?? workspaceId, botToken, botId, botUserId, scopes };
}

/** Why Slack would not take a token at the start, for the operator. */
export function explainRefusal(
  error: unknown,
  o: { variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'; apiUrl: string },
): string {
  const word = slackErrorOf(error);
  if (word === null)
    return `Slack cannot be reached at ${o.apiUrl}. Check the network, then start again.`;
  const page = o.variable === 'SLACK_BOT_TOKEN' ? 'OAuth & Permissions' : 'Basic Information';
  return `Slack does not accept ${o.variable} (${word}). Copy it again from the page "${page}" of the app.`;
}
