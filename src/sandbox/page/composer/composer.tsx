import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { ChannelState } from '../../index.ts';
import { Menu } from '../menus/menu.tsx';
import { type Deed, usePerson } from '../workspace/person-context.ts';
import { BUILT_IN, type Completion, completionsOf } from './completion.ts';

/** Where a person writes: messages, replies, and commands with what they can become. */
export function Composer({ channel, thread }: { channel: ChannelState; thread: string | null }) {
  const { team, person, act } = usePerson();
  const [text, setText] = useState('');
  const [cursor, setCursor] = useState(0);
  const [active, setActive] = useState(0);
  const [isDismissed, setIsDismissed] = useState(false);
  const [isBroadcast, setIsBroadcast] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();

  const { start, found } = completionsOf(text.slice(0, cursor), {
    team,
    channels: person.channels,
  });
  const isComplete = found.length === 1 && found[0]?.insert === text.slice(start).trim();
  // A whole command is sent by Enter, although longer ones begin like it.
  const isCommand =
    start === 0 && found.some(({ insert }) => insert === text && insert.startsWith('/'));
  const isOpen = found.length > 0 && !isDismissed && !isComplete;
  const current = Math.min(active, found.length - 1);
  const label = thread === null ? `Message ${channel.name}` : 'Reply';

  const type = (value: string, at: number) => {
    setText(value);
    setCursor(at);
    setActive(0);
    setIsDismissed(false);
  };
  const complete = (choice: Completion) => {
    const value = `${text.slice(0, start)}${choice.insert} ${text.slice(cursor)}`;
    type(value, start + choice.insert.length + 1);
    field.current?.focus();
  };
  const send = async () => {
    const deed = deedOf(text, { channel, thread, isBroadcast });
    if (!deed || isSending) return;
    setIsSending(true);
    setText('');
    setCursor(0);
    const done = await act(deed);
    setIsSending(false);
    if (!done) setText((typed) => typed || text);
  };
  const onKey = (event: KeyboardEvent) => {
    const choice = isOpen ? found[current] : undefined;
    if (choice && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((current + step + found.length) % found.length);
    } else if (
      choice &&
      (event.key === 'Tab' || (event.key === 'Enter' && !(isCommand && active === 0)))
    ) {
      event.preventDefault();
      complete(choice);
    } else if (choice && event.key === 'Escape') {
      event.preventDefault();
      setIsDismissed(true);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      void send();
    }
  };

  return (
    <form
      className="composer"
      aria-busy={isSending}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {channel.closed && <p className="composer-closed">{channel.closed} Commands still work.</p>}
      {isOpen && (
        <ul className="composer-completions" id={listId} role="listbox" aria-label="Completions">
          {found.map((choice, index) => (
            <li
              key={choice.insert}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === current}
              onPointerDown={(event) => {
                event.preventDefault();
                complete(choice);
              }}
            >
              <b>{choice.title}</b> <span>{choice.note}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="composer-box">
        <Menu
          label="Shortcuts"
          className="composer-plus"
          items={team.apps.flatMap((app) =>
            app.shortcuts
              .filter((shortcut) => shortcut.type === 'global')
              .map((shortcut) => ({
                key: `${app.id} ${shortcut.name}`,
                text: shortcut.name,
                onPick: () => void act({ do: 'shortcut', shortcut: shortcut.name }),
              })),
          )}
        >
          +
        </Menu>
        <textarea
          ref={field}
          rows={Math.min(6, text.split('\n').length)}
          placeholder={channel.closed ? 'Type / for commands' : label}
          aria-label={label}
          aria-controls={isOpen ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={isOpen ? `${listId}-${current}` : undefined}
          value={text}
          onChange={({ target }) => type(target.value, target.selectionStart)}
          onSelect={({ currentTarget }) => setCursor(currentTarget.selectionStart)}
          onBlur={() => setIsDismissed(true)}
          onKeyDown={onKey}
        />
        <button type="submit" aria-label="Send" disabled={text.trim() === ''}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M2 2.5 14 8 2 13.5 3.6 8.7 9 8 3.6 7.3z" fill="currentColor" />
          </svg>
        </button>
      </div>
      {thread !== null && (
        <label className="composer-broadcast">
          <input
            type="checkbox"
            checked={isBroadcast}
            onChange={(event) => setIsBroadcast(event.target.checked)}
          />
          Also send to {channel.name}
        </label>
      )}
    </form>
  );
}

function deedOf(
  typed: string,
  o: { channel: ChannelState; thread: string | null; isBroadcast: boolean },
): Deed | null {
  const text = typed.trim();
  const channel = o.channel.id;
  if (text === '') return null;
  const command = /^\/\S*/.exec(text)?.[0];
  const rest = text.slice(command?.length ?? 0).trim();
  const builtIn = BUILT_IN.find((one) => one.command === command)?.command;
  if (builtIn === '/invite' && rest !== '') return { do: 'invite', who: rest, channel };
  if (builtIn === '/leave') return { do: 'leave', channel };
  if (command !== undefined) return { do: 'command', command: text, in: channel };
  if (o.thread === null) return { do: 'message', in: channel, text };
  return { do: 'message', in: channel, text, thread: o.thread, broadcast: o.isBroadcast };
}
