import type { ChannelState, MessageState } from '../../index.ts';
import { Composer } from '../composer/composer.tsx';
import { MessageList } from '../messages/message-list.tsx';
import { usePerson } from '../workspace/person-context.ts';

/** A message with its replies. */
export function ThreadView({ channel, first }: { channel: ChannelState; first: MessageState }) {
  const { show } = usePerson();
  return (
    <div className="channel">
      <header className="channel-head">
        <h2>Thread</h2>
        <p className="channel-members">{channel.name}</p>
        <button
          type="button"
          className="channel-close"
          aria-label="Close the thread"
          onClick={() => show({ kind: 'channel', id: channel.id, thread: null })}
        >
          ×
        </button>
      </header>
      <MessageList
        channel={channel}
        messages={[first, ...first.replies]}
        label="Messages of the thread"
        isThread
      />
      <Composer channel={channel} thread={first.ts} />
    </div>
  );
}
