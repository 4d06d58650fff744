import { readFile } from 'node:fs/promises';
import { isSeq, parseDocument } from 'yaml';
import { REDIRECT_PATH } from '../slack/installations/installations.ts';
import { REQUEST_PATH } from '../slack/server.ts';
import type { Command, Task } from './command.ts';
import { UsageError } from './usage.ts';

/** `npm run admin -- manifest`: the app's settings at Slack for a server that receives HTTP requests. */
export const manifest: Command = {
  subject: 'manifest',
  options: {},
  usage: `npm run admin -- manifest URL

Prints manifest.yml for signed HTTP requests instead of Socket Mode, to be pasted under "App Manifest" in the app's
settings at Slack: every address that Slack asks for, and where browsers come back to after an installation. URL is
where this server is reached, such as https://tandem.example.com.`,
  read([url = '', ...more]) {
    const parsed = URL.parse(url);
    if (parsed?.protocol !== 'https:' || parsed.href !== `${parsed.origin}/` || more.length > 0)
      throw new UsageError('Say "manifest" with one https:// address without a path.');
    return printFor(parsed.origin);
  },
};

function printFor(origin: string): Task {
  return async ({ print }) => {
    const path = new URL('../../manifest.yml', import.meta.url);
    const document = parseDocument(await readFile(path, 'utf8'));
    const requestUrl = `${origin}${REQUEST_PATH}`;
    const commands = document.getIn(['features', 'slash_commands']);
    const count = isSeq(commands) ? commands.items.length : 0;
    for (let index = 0; index < count; index += 1)
      document.setIn(['features', 'slash_commands', index, 'url'], requestUrl);
    document.setIn(['oauth_config', 'redirect_urls'], [`${origin}${REDIRECT_PATH}`]);
    document.setIn(['settings', 'event_subscriptions', 'request_url'], requestUrl);
    document.setIn(['settings', 'interactivity', 'request_url'], requestUrl);
    document.setIn(['settings', 'interactivity', 'message_menu_options_url'], requestUrl);
    document.setIn(['settings', 'socket_mode_enabled'], false);
    print(document.toString({ lineWidth: 0 }).trimEnd());
    return true;
  };
}
