import type { AnyBlock } from '@slack/types';
import { type ComponentProps, memo, useMemo } from 'react';
import { Message as SlackBlocks } from 'slack-blocks-to-jsx';
import { renderDate } from '../../rendering/dates.ts';
import { renderEmoji } from '../../rendering/emoji.ts';
import { usePerson } from '../workspace/person-context.ts';

type LibraryProps = ComponentProps<typeof SlackBlocks>;
type Hooks = NonNullable<LibraryProps['hooks']>;

/** A block that is only looked at, as this person sees it: their zone, names instead of ids. */
export function Shown({ block }: { block: AnyBlock }) {
  const { team, person, zone, nowMs } = usePerson();
  const literal = literalText(block);
  const users = [
    ...team.people.map(({ id, name }) => ({ id, name })),
    ...team.apps.map(({ botUserId, name }) => ({ id: botUserId, name })),
  ];
  const channels = new Map(
    [...team.people.flatMap((one) => one.channels), ...person.channels].map(({ id, name }) => [
      id,
      name.replace(/^[#@]/, ''),
    ]),
  );
  const key = JSON.stringify(
    [block, users, [...channels], zone, Math.floor(nowMs / 60_000)],
    asSlackReads,
  );
  if (literal !== null) return <p style={LITERAL}>{literal}</p>;
  return <Drawn content={key} />;
}

const LITERAL = { margin: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const;

/** Text that Slack shows to the letter; the library would read marks and mentions in it. */
function literalText(block: AnyBlock): string | null {
  if (block.type !== 'section' || !('text' in block) || 'fields' in block) return null;
  if (block.text?.type !== 'plain_text') return null;
  return block.text.emoji === false ? block.text.text : renderEmoji(block.text.text);
}

const INVISIBLE = '\u2060';

/**
 * The library shows verbatim text with all its marks; in Slack the word only stops automatic links. It also reads
 * mentions in what was escaped: a character that nobody sees keeps '&lt;!channel&gt;' what somebody typed.
 */
function asSlackReads(name: string, value: unknown): unknown {
  if (name === 'verbatim') return undefined;
  return isMrkdwn(value)
    ? { ...value, text: value.text.replaceAll('&lt;', `&lt;${INVISIBLE}`) }
    : value;
}

function isMrkdwn(value: unknown): value is { type: 'mrkdwn'; text: string } {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  return value.type === 'mrkdwn' && 'text' in value && typeof value.text === 'string';
}

/** Drawn anew only when what it is made of differs: the workspace changes far more often than a block. */
const Drawn = memo(function Drawn({ content }: { content: string }) {
  const { block, data, hooks } = useMemo(() => read(content), [content]);
  return (
    <SlackBlocks
      theme="light"
      withoutWrapper
      logo=""
      name=""
      blocks={[block]}
      data={data}
      hooks={hooks}
    />
  );
});

function read(content: string) {
  const [block, users, channelEntries, zone, minute] = JSON.parse(content) as [
    NonNullable<LibraryProps['blocks']>[number],
    { id: string; name: string }[],
    [string, string][],
    string,
    number,
  ];
  const hooks: Hooks = {
    date: ({ timestamp, format, link }) => {
      const text = renderDate(Number(timestamp), format, { zone, nowMs: minute * 60_000 });
      return link ? <a href={link}>{text}</a> : <time>{text}</time>;
    },
    emoji: (emoji, parse) => {
      const own = renderEmoji(`:${emoji.name}:`);
      return own.startsWith(':') ? parse(emoji) : own;
    },
  };
  const channels = channelEntries.map(([id, name]) => ({ id, name }));
  return { block, data: { users, channels }, hooks };
}

/** Slack's markup in a line or a paragraph. */
export function Mrkdwn({ text }: { text: string }) {
  return <Shown block={{ type: 'section', text: { type: 'mrkdwn', text } }} />;
}
