import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { startSandbox } from '../../src/sandbox/index.ts';

// A local Slack with many workspaces, in a process of its own as the real one is.
const [workspaces = 1, people = 1] = process.argv.slice(2).map(Number);
const sandbox = await startSandbox({ burst: 1, messagesPerMinute: 100 });
const manifest: unknown = parse(
  await readFile(new URL('../../manifest.yml', import.meta.url), 'utf8'),
);
const teams = Array.from({ length: workspaces }, (_, team) => {
  const users = Array.from({ length: people }, (_one, n) => ({ name: `Person ${n}` }));
  const workspace = sandbox.createWorkspace({ name: `Agency ${team}`, users });
  const app = sandbox.installApp({
    team: workspace.id,
    manifest,
    delivery: { mode: 'socket' },
  });
  const ids = users.map((one) => workspace.users[one.name] ?? '');
  return { id: workspace.id, botToken: app.botToken, botUserId: app.botUserId, users: ids };
});
console.log(JSON.stringify({ url: sandbox.url, apiUrl: sandbox.apiUrl, teams }));
process.once('SIGTERM', () => void sandbox.stop().then(() => process.exit(0)));
