import { describe, expect, test } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { openDatabase } from '../../../src/database/index.ts';
import { createSecret } from '../../../src/secret.ts';
import { webClientOptions } from '../../../src/slack/clients.ts';
import { createOAuthClient } from '../../../src/slack/installations/exchange.ts';
import { createInstallations } from '../../../src/slack/installations/installations.ts';
import { createVault } from '../../../src/slack/installations/vault.ts';
import { noteInAudit } from '../../support/audit.ts';
import { postgresPlace } from '../../support/place.ts';
import { findPostgres, runSql } from '../../support/postgres.ts';
import { KEY, openInstallStage } from './stage.ts';

const server = await findPostgres();
if ('missing' in server) process.stderr.write(`not run on PostgreSQL: ${server.missing}\n`);

('url' in server ? describe : describe.skip)('where tokens run out after twelve hours', () => {
  test('two replicas fetch the next one once, whoever asks, and a token that has run out is replaced too', async () => {
    const place = await postgresPlace();
    const url = place.environment['DATABASE_URL'] ?? '';
    const stage = await openInstallStage({ place, tokenRotation: true });
    const { sandbox, acme, client } = stage;
    const { apiUrl } = sandbox;
    const log = pino({ level: 'silent' });
    let hoursSlow = 0;
    const now = () => sandbox.now().minus({ hours: hoursSlow });
    const replicas = await Promise.all(
      [1, 2].map(async () => {
        const database = await openDatabase({
          url,
          dataDir: '',
          log,
          now,
        });
        const vault = createVault([{ version: 1, key: createSecret(KEY) }]);
        const oauth = createOAuthClient({ ...client, apiUrl });
        const source = { mode: 'oauth', vault, oauth, publicUrl: stage.url } as const;
        const installations = createInstallations({
          database,
          source,
          note: noteInAudit,
          now,
          log,
        });
        return { database, installations };
      }),
    );
    const refreshes = () =>
      sandbox.record().filter(({ args }) => args['grant_type'] === 'refresh_token').length;
    const askAll = async () =>
      await Promise.all(
        Array.from({ length: 40 }, async (_, index) => {
          const found = await replicas[index % 2]?.installations.find(acme.id);
          const test = new WebClient(found?.botToken, webClientOptions(apiUrl)).auth.test();
          return (await test).team_id;
        }),
      );
    expect((await stage.install(acme)).status).toBe(200);
    expect(new Set(await askAll())).toEqual(new Set([acme.id]));
    expect(refreshes()).toBe(0);

    sandbox.jumpTo(now().plus({ hours: 10, minutes: 30 }));
    expect(new Set(await askAll())).toEqual(new Set([acme.id]));
    expect(refreshes()).toBe(1);

    sandbox.jumpTo(now().plus({ hours: 20 }));
    expect(new Set(await askAll())).toEqual(new Set([acme.id]));
    expect(refreshes()).toBe(2);

    // Our clock is slow: Slack says of a token that it has run out, and of the next one that it has not.
    sandbox.jumpTo(sandbox.now().plus({ hours: 13 }));
    hoursSlow = 5;
    const old = (await replicas[0]?.installations.find(acme.id))?.botToken ?? '';
    const refusal = { workspaceId: acme.id, botToken: old, word: 'token_expired' };
    await expect(askAll()).rejects.toThrow('token_expired');
    expect(refreshes()).toBe(2);
    const refuseAll = () =>
      Promise.all(replicas.map(({ installations }) => installations.refuse(refusal)));
    expect(await refuseAll()).toEqual([true, true]);
    expect(await refuseAll()).toEqual([true, true]);
    expect(refreshes()).toBe(3);
    expect(new Set(await askAll())).toEqual(new Set([acme.id]));

    // Only when there is no next one is it the end.
    const last = (await replicas[0]?.installations.find(acme.id))?.botToken ?? '';
    sandbox.fault({ method: 'oauth.v2.access', reply: { error: 'fatal_error' } });
    const again = { ...refusal, botToken: last };
    expect(await replicas[0]?.installations.refuse(again)).toBe(true);
    await runSql(url, `UPDATE installations SET "refreshClaimedUntil" = NULL`);
    sandbox.fault({ method: 'oauth.v2.access', reply: { error: 'invalid_refresh_token' } });
    expect(await replicas[1]?.installations.refuse(again)).toBe(false);
    expect(await replicas[0]?.installations.find(acme.id)).toBeNull();

    for (const { database } of replicas) await database.close();
    await stage.close();
  });
});
