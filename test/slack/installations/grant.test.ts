import { describe, expect, test } from '@jest/globals';
import { explainMissingScope } from '../../../src/slack/installations/domain.ts';
import { GrantError, readGrant } from '../../../src/slack/installations/exchange.ts';

const answer: Parameters<typeof readGrant>[0] = {
  access_token: 'xoxb-1',
  token_type: 'bot',
  scope: 'chat:write,commands',
  bot_user_id: 'UBOT',
  app_id: 'A1',
  team: { id: 'T1', name: 'Acme' },
  enterprise: { id: 'E1', name: 'Group' },
  authed_user: { id: 'UDANA' },
  is_enterprise_install: false,
};
const self = { team_id: 'T1', enterprise_id: 'E1', user_id: 'UBOT', bot_id: 'B1' };

describe('what Slack gives for a code', () => {
  test('is taken for the workspace or the organization that both the grant and the token name', () => {
    expect(readGrant(answer, self)).toMatchObject({
      ownerId: 'T1',
      isOrganization: false,
      scopes: ['chat:write', 'commands'],
      installedBy: 'UDANA',
    });
    const whole = { ...answer, is_enterprise_install: true, team: null };
    expect(readGrant(whole, { ...self, team_id: 'E1', enterprise_id: null })).toMatchObject({
      ownerId: 'E1',
      isOrganization: true,
    });
  });

  test.each([
    ['an organization in the place of a workspace', { team: { id: 'E1' } }, {}],
    [
      'a workspace in the place of an organization',
      { is_enterprise_install: true, enterprise: { id: 'T1' } },
      {},
    ],
    ['no workspace', { team: null }, {}],
    ['no organization', { is_enterprise_install: true, enterprise: null }, {}],
    ['a token of another workspace', {}, { team_id: 'T2' }],
    ['a token of another bot', {}, { user_id: 'UOTHER' }],
    ['a token of another organization', { is_enterprise_install: true }, { enterprise_id: 'E2' }],
  ])('is refused with %s', (_, changed, other) => {
    expect(() => readGrant({ ...answer, ...changed }, { ...self, ...other })).toThrow(GrantError);
  });
});

describe('a person who wants what was not permitted', () => {
  const wish = { scope: 'files:write', purpose: 'send you the files' };

  test('hears which permission is missing and on which page it is given', () => {
    const said = explainMissingScope({
      ...wish,
      installUrl: 'https://tandem.example/slack/install',
    });
    expect(said).toContain('To send you the files, Tandem needs the permission `files:write`');
    expect(said).toContain('open https://tandem.example/slack/install and allow it there');
  });

  test('hears who gives it where one workspace has the app', () => {
    const said = explainMissingScope({ ...wish, installUrl: null });
    expect(said).toContain('Ask whoever runs Tandem to install the app to the workspace again');
  });
});
