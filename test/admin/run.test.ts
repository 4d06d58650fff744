import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { parse } from 'yaml';
import { runAdmin } from '../../src/admin/run.ts';
import { readManifest } from '../../src/sandbox/state/manifest.ts';
import { readRepositoryFile } from '../repository/repository-files.ts';

test('what goes wrong unexpectedly is said in a line, without what people wrote', async () => {
  const complaints: string[] = [];
  const code = await runAdmin({
    args: ['help'],
    environment: {},
    now: () => DateTime.utc(),
    print: () => {
      throw new Error('duplicate key\nFailing row contains (T1, the merger is on Friday).');
    },
    complain: (line) => complaints.push(line),
  });
  expect(code).toBe(1);
  expect(complaints).toEqual(['This could not be done: duplicate key\nFailing row contains (…)']);
});

async function manifestFor(...words: string[]) {
  const printed: string[] = [];
  const complaints: string[] = [];
  const code = await runAdmin({
    args: ['manifest', ...words],
    environment: {},
    now: () => DateTime.utc(),
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
  });
  return { code, printed: printed.join('\n'), complaint: complaints.join('\n') };
}

test('the manifest for HTTP requests differs from manifest.yml by its addresses alone', async () => {
  const { code, printed } = await manifestFor('https://tandem.example.com/');
  expect(code).toBe(0);
  const url = 'https://tandem.example.com/slack/events';
  const own = readManifest(parse(readRepositoryFile('manifest.yml')));
  expect(parse(printed)).toMatchObject({
    settings: {
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url, message_menu_options_url: url },
    },
  });
  expect(readManifest(parse(printed))).toEqual({
    ...own,
    features: {
      ...own.features,
      slash_commands: own.features?.slash_commands?.map((command) => ({ ...command, url })),
    },
    oauth_config: {
      ...own.oauth_config,
      redirect_urls: ['https://tandem.example.com/slack/oauth_redirect'],
    },
  });
});

test.each(['', 'http://tandem.example.com', 'https://tandem.example.com/slack', 'tandem'])(
  'the manifest is not printed for "%s"',
  async (url) => {
    const { code, complaint } = await manifestFor(url);
    expect(code).toBe(2);
    expect(complaint).toContain('one https:// address without a path');
  },
);
