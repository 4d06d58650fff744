import { Fragment, useEffect, useRef } from 'react';
import type { ChannelState, MessageState } from '../../index.ts';
import { dayText } from '../workspace/local-time.ts';
import { usePerson } from '../workspace/person-context.ts';
import { Message } from './message.tsx';

const TOGETHER_MS = 5 * 60_000;

/** Messages in order, with a line between days; stays at the newest one unless the person scrolled up. */
export function MessageList(o: {
  channel: ChannelState;
  messages: MessageState[];
  label: string;
  isThread: boolean;
}) {
  const { zone } = usePerson();
  const box = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const newest = o.messages.at(-1)?.ts;

  useEffect(() => {
    const list = box.current;
    if (!list || newest === undefined) return;
    const follow = () => {
      if (isAtEnd.current) list.scrollTop = list.scrollHeight;
    };
    follow();
    // A message grows after it is there, when a picture arrives or the app updates it.
    const observer = new ResizeObserver(follow);
    for (const child of list.children) observer.observe(child);
    observer.observe(list);
    return () => observer.disconnect();
  }, [newest]);

  return (
    <div
      ref={box}
      className="messages"
      role="log"
      aria-label={o.label}
      tabIndex={0}
      onScroll={({ currentTarget: list }) => {
        isAtEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
      }}
    >
      {o.messages.length === 0 && <p className="nothing">Nothing was written here yet.</p>}
      {o.messages.map((message, index) => {
        const before = o.messages[index - 1];
        const day = dayText(message.at, zone);
        const isNewDay = !before || dayText(before.at, zone) !== day;
        return (
          <Fragment key={`${message.ts} ${message.ephemeral}`}>
            {isNewDay && !o.isThread && (
              <div className="day">
                <span>{day}</span>
              </div>
            )}
            <Message
              channel={o.channel}
              message={message}
              isContinued={!isNewDay && before !== undefined && belongsTo(before, message)}
              isThread={o.isThread}
            />
          </Fragment>
        );
      })}
    </div>
  );
}

function belongsTo(before: MessageState, message: MessageState): boolean {
  return (
    before.byId === message.byId &&
    before.by === message.by &&
    before.ephemeral === message.ephemeral &&
    before.subtype === null &&
    message.subtype === null &&
    Date.parse(message.at) - Date.parse(before.at) < TOGETHER_MS
  );
}
