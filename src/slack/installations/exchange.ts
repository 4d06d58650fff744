import { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { webClientOptions } from '../clients.ts';
import { isOrganizationId, isWorkspaceId } from './domain.ts';
import type { Granted } from './store.ts';

/** Slack's OAuth calls for this app. */
export type OAuthClient = {
  /** Trades the code of a consent page for a token. Throws a GrantError when the answer does not fit together. */
  redeem(o: { code: string; redirectUri: string }): Promise<Redeemed>;
  /** Trades a refresh token, which works once, for the next token. */
  refresh(refreshToken: string): Promise<NextToken>;
  /** The workspaces that an organization lets the app into. */
  listWorkspaces(botToken: string): Promise<{ id: string; name: string }[]>;
};

export type Redeemed = Omit<Granted, 'expiresAt'> & {
  expiresIn: number | null;
  ownerName: string;
};

export type NextToken = { botToken: string; refreshToken: string | null; expiresIn: number | null };

/** Slack's answer to a code is not one that may be stored. */
export class GrantError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GrantError';
  }
}

const id = z.string().min(1);
const Named = z.object({ id, name: z.string().nullish() });

const Answer = z.object({
  access_token: z.string().startsWith('xox'),
  token_type: z.literal('bot'),
  scope: z.string(),
  bot_user_id: id,
  app_id: id,
  team: Named.nullish(),
  enterprise: Named.nullish(),
  authed_user: z.object({ id }),
  is_enterprise_install: z.boolean().default(false),
  refresh_token: z.string().optional(),
  expires_in: z.number().positive().optional(),
});

const Next = Answer.pick({ access_token: true, refresh_token: true, expires_in: true });

const Self = z.object({
  team_id: id,
  enterprise_id: id.nullish(),
  user_id: id,
  bot_id: id,
});

/** At most so many pages of an organization's workspaces are read. */
const PAGES = 50;

export function createOAuthClient(o: {
  clientId: string;
  clientSecret: string;
  apiUrl: string;
}): OAuthClient {
  const options = webClientOptions(o.apiUrl);
  const anonymous = new WebClient(undefined, options);
  const app = { client_id: o.clientId, client_secret: o.clientSecret };
  return {
    async redeem({ code, redirectUri }) {
      const raw = await anonymous.oauth.v2.access({ ...app, code, redirect_uri: redirectUri });
      const answer = Answer.safeParse(raw);
      if (!answer.success) throw new GrantError('Slack gave no bot token');
      const self = Self.safeParse(
        await new WebClient(answer.data.access_token, options).auth.test(),
      );
      if (!self.success) throw new GrantError('Slack does not say whose the token is');
      return readGrant(answer.data, self.data);
    },
    async refresh(refreshToken) {
      const raw = await anonymous.oauth.v2.access({
        ...app,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
      const next = Next.parse(raw);
      return {
        botToken: next.access_token,
        refreshToken: next.refresh_token ?? null,
        expiresIn: next.expires_in ?? null,
      };
    },
    async listWorkspaces(botToken) {
      const client = new WebClient(botToken, options);
      const found: { id: string; name: string }[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < PAGES; page += 1) {
        const answer = await client.auth.teams.list({ limit: 200, ...(cursor && { cursor }) });
        for (const { id: teamId, name } of answer.teams ?? [])
          if (isWorkspaceId(teamId)) found.push({ id: teamId, name: name ?? teamId });
        cursor = answer.response_metadata?.next_cursor || undefined;
        if (!cursor) break;
      }
      return found;
    },
  };
}

/** What the grant and the token itself say must agree on whose it is; an organization is never taken for a workspace. */
export function readGrant(answer: z.output<typeof Answer>, self: z.output<typeof Self>): Redeemed {
  const isOrganization = answer.is_enterprise_install;
  const owner = isOrganization ? answer.enterprise : answer.team;
  const isRight = isOrganization ? isOrganizationId : isWorkspaceId;
  if (!owner || !isRight(owner.id))
    throw new GrantError('Slack does not say where it was installed');
  const tokenOwner = isOrganization ? (self.enterprise_id ?? self.team_id) : self.team_id;
  if (tokenOwner !== owner.id || self.user_id !== answer.bot_user_id)
    throw new GrantError('the token belongs to somebody else');
  return {
    ownerId: owner.id,
    ownerName: owner.name ?? owner.id,
    isOrganization,
    appId: answer.app_id,
    botId: self.bot_id,
    botUserId: answer.bot_user_id,
    scopes: answer.scope.split(',').filter((scope) => scope !== ''),
    botToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    expiresIn: answer.expires_in ?? null,
    installedBy: answer.authed_user.id,
  };
}
