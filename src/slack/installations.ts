import { WebClient } from '@slack/web-api';
import { webClientOptions } from './clients.ts';

/** The app in one workspace. */
export type Installation = {
  workspaceId: string;
  workspaceName: string;
  botToken: string;
  botId: string;
  botUserId: string;
};

export type Installations = {
  /** Null when the app is not installed in that workspace. */
  find(workspaceId: string): Promise<Installation | null>;
};

/** The one workspace that `botToken` belongs to, as Slack says. Rejects when Slack refuses the token or cannot be reached. */
export async function identifyInstallation(
  botToken: string,
  apiUrl: string,
): Promise<Installation> {
  const answer = await new WebClient(botToken, webClientOptions(apiUrl)).auth.test();
  const { team_id: workspaceId, team, user_id: botUserId, bot_id: botId } = answer;
  if (!workspaceId || !botUserId || !botId) {
    throw new Error(
      'SLACK_BOT_TOKEN is not the token of a bot. Use the Bot User OAuth Token, which starts with xoxb-.',
    );
  }
  return { workspaceId, workspaceName: team ?? workspaceId, botToken, botId, botUserId };
}

export function createSingleInstallation(installation: Installation): Installations {
  return {
    find: (workspaceId) =>
      Promise.resolve(workspaceId === installation.workspaceId ? installation : null),
  };
}
