import type { ChannelState, MessageState } from '../../index.ts';
import { renderEmoji } from '../../rendering/emoji.ts';
import { usePerson } from '../workspace/person-context.ts';

/** Reactions to a message; pressing one adds or takes back one's own. */
export function Reactions({ channel, message }: { channel: ChannelState; message: MessageState }) {
  const { team, person, act } = usePerson();
  if (message.reactions.length === 0) return null;
  const nameOf = (id: string) => team.people.find((one) => one.id === id)?.name ?? 'an app';
  return (
    <ul className="reactions">
      {message.reactions.map(({ name, users }) => {
        const isMine = users.includes(person.id);
        const who = users.map(nameOf).join(', ');
        return (
          <li key={name}>
            <button
              type="button"
              aria-pressed={isMine}
              aria-label={`${name.replaceAll('_', ' ')}, ${users.length}: ${who}`}
              title={who}
              onClick={() =>
                void act({
                  do: 'react',
                  emoji: name,
                  to: { channel: channel.id, ts: message.ts },
                  remove: isMine,
                })
              }
            >
              <span aria-hidden="true">{renderEmoji(`:${name}:`)}</span> {users.length}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
