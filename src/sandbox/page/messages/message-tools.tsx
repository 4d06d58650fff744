import type { ChannelState, MessageState } from '../../index.ts';
import { renderEmoji } from '../../rendering/emoji.ts';
import { Menu } from '../menus/menu.tsx';
import { usePerson } from '../workspace/person-context.ts';

const REACTIONS = [
  'inbox_tray',
  'white_check_mark',
  'eyes',
  'raised_hands',
  'heart',
  'tada',
  'thumbsup',
];

/** What shows beside a message under the pointer: react, reply, and the menu with shortcuts. */
export function MessageTools(o: {
  channel: ChannelState;
  message: MessageState;
  isMine: boolean;
  isThread: boolean;
  onEdit: () => void;
}) {
  const { team, act, show } = usePerson();
  const where = { channel: o.channel.id, ts: o.message.ts };
  const thread = o.message.thread ?? o.message.ts;
  const shortcuts = team.apps.flatMap((app) =>
    app.shortcuts
      .filter((shortcut) => shortcut.type === 'message')
      .map((shortcut) => ({
        key: `${app.id} ${shortcut.name}`,
        text: (
          <>
            {shortcut.name} <small>{app.name}</small>
          </>
        ),
        onPick: () => void act({ do: 'shortcut', shortcut: shortcut.name, on: where }),
      })),
  );
  const own = [
    { key: 'edit', text: 'Edit message', onPick: o.onEdit },
    {
      key: 'delete',
      text: 'Delete message',
      isDanger: true,
      onPick: () => void act({ do: 'delete', message: where }),
    },
  ];
  return (
    <div className="message-tools">
      <Menu
        label="Add a reaction"
        side="right"
        items={REACTIONS.map((name) => ({
          key: name,
          text: `${renderEmoji(`:${name}:`)} ${name.replaceAll('_', ' ')}`,
          onPick: () => void act({ do: 'react', emoji: name, to: where }),
        }))}
      >
        <Icon d="M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M5.5 9.5a3 3 0 0 0 5 0M6 6.3v.6M10 6.3v.6" />
      </Menu>
      {!o.isThread && (
        <button
          type="button"
          aria-label="Reply in thread"
          onClick={() => show({ kind: 'channel', id: o.channel.id, thread })}
        >
          <Icon d="M2.5 3.5h11v7h-6l-3 2.6v-2.6h-2z" />
        </button>
      )}
      <Menu label="More actions" side="right" items={[...shortcuts, ...(o.isMine ? own : [])]}>
        <Icon d="M3.5 8h.01M8 8h.01M12.5 8h.01" />
      </Menu>
    </div>
  );
}

function Icon({ d }: { d: string }) {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={d}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
