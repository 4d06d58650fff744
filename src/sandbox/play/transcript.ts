import type { DateTime } from 'luxon';
import type { MessageState, ModalState, PersonState, Sandbox } from '../index.ts';

export type Transcript = {
  /** Prints what is new or different on anybody's screen since the last time. */
  update(): void;
  /** A sentence of the story. */
  tell(sentence: string): void;
  /** What one person does. */
  act(who: string, what: string): void;
  /** The form that stands in front of a person now, unless it was shown before as it is. */
  form(who: string, modal: ModalState | null): void;
};

/** A message in its place; `content` is the same for every reader, `text` is as this one reads it. */
type Line = { place: string; key: string; content: string; text: string };

type Seen = { content: string; text: string };

const WIDTH = 100;

/** Prints a workspace as its people see it: each message once, in the places where it stands, times in both zones. */
export function createTranscript(o: {
  sandbox: Sandbox;
  team: string;
  /** Whose zones head the time lines. */
  readers: readonly string[];
  print: (line: string) => void;
}): Transcript {
  const { sandbox, print } = o;
  const seen = new Map<string, Seen>();
  const forms = new Map<string, string>();
  let lastTime = '';

  const people = (): PersonState[] =>
    sandbox
      .state({ team: o.team })
      .teams.flatMap((team) => team.people)
      .filter((one) => !one.isBot);

  const printTime = (): void => {
    const now = sandbox.now();
    const zones = people().filter((one) => o.readers.includes(one.name));
    const shown = zones
      .map(({ name, zone }) => `${name} ${showTime(now, zone ?? 'UTC')}`)
      .join('   |   ');
    if (shown === lastTime) return;
    lastTime = shown;
    print('');
    print(`== ${shown} ==`);
  };

  const say = (text: string): void => {
    printTime();
    print(text);
  };

  return {
    update() {
      const lines = people().flatMap((person) => [...linesOf(person), ...homeOf(person)]);
      for (const { place, key, content, text } of lines) {
        const before = seen.get(key);
        if (before?.content === content) continue;
        seen.set(key, { content, text });
        if (before) say(indent(`${place} now reads: ${changes(before.text, text)}`));
        else say(indent(`${place} ${text}`));
      }
    },
    tell(sentence) {
      say(`-- ${sentence}`);
    },
    act(who, what) {
      say(`> ${who} ${what}`);
    },
    form(who, modal) {
      const content = modal ? `${modal.title}\n${modal.text}` : '';
      if (content === forms.get(who)) return;
      forms.set(who, content);
      if (modal) say(indent(`[form of ${who}: ${modal.title}] ${modal.text.trim()}`));
    },
  };
}

function showTime(at: DateTime, zone: string): string {
  return at.setZone(zone).setLocale('en-GB').toFormat('ccc d LLL HH:mm');
}

/** Messages of apps with the place where they stand. Channels are read once, by whoever sees them first. */
function linesOf(person: PersonState): Line[] {
  return person.channels.flatMap((channel) =>
    channel.messages.flatMap((message) => {
      const place = channel.kind === 'im' ? `[to ${person.name}]` : `[${channel.name}]`;
      return [message, ...message.replies]
        .filter((one) => one.byBot && one.subtype === null)
        .map((one) => ({
          place: one.ephemeral ? `[only ${person.name} sees]` : place,
          key: `${place} ${one.ts}`,
          content: JSON.stringify([one.plainText, one.blocks]),
          text: describe(one),
        }));
    }),
  );
}

/** The Home tab that a person looks at. */
function homeOf(person: PersonState): Line[] {
  return person.homes
    .filter(() => person.homeInFront !== null)
    .map(({ id, text }) => {
      return { place: `[Home of ${person.name}]`, key: `home ${id}`, content: text, text };
    });
}

/** The lines that were not there before. */
function changes(before: string, after: string): string {
  const old = new Set(before.split('\n'));
  const fresh = after.split('\n').filter((line) => !old.has(line));
  return fresh.length > 0 ? fresh.join('\n') : after;
}

function describe(message: MessageState): string {
  const buttons = message.controls.map((control) => `[${control.label}]`).join(' ');
  const files = message.files.map(({ name }) => `[file ${name}]`).join(' ');
  const text = [message.text.trim(), files].filter((part) => part !== '').join('\n');
  return buttons && !text.includes(`[${message.controls[0]?.label ?? ''}`)
    ? `${text}\n${buttons}`
    : text;
}

function indent(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => wrap(line))
    .map((line, index) => (index === 0 ? `  ${line}` : `      ${line}`))
    .join('\n');
}

function wrap(line: string): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > WIDTH) {
    const cut = rest.lastIndexOf(' ', WIDTH);
    if (cut <= 0) break;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut + 1);
  }
  return [...lines, rest];
}
