import type { ChannelState } from '../../index.ts';
import { Composer } from '../composer/composer.tsx';
import { MessageList } from '../messages/message-list.tsx';
import { usePerson } from '../workspace/person-context.ts';
import { AppTabs } from './app-tabs.tsx';
import { ThreadView } from './thread-view.tsx';

/** A channel or direct messages: who is in it, what was written, and where to write. */
export function ChannelView({ channel, thread }: { channel: ChannelState; thread: string | null }) {
  const { team } = usePerson();
  const app = team.apps.find((one) => channel.kind === 'im' && channel.name === `@${one.name}`);
  const first = channel.messages.find((message) => message.ts === thread);
  if (first) return <ThreadView channel={channel} first={first} />;
  const name = channel.kind === 'im' ? channel.name.slice(1) : channel.name;
  return (
    <div className="channel">
      <header className="channel-head">
        <h2>{name}</h2>
        {app && <AppTabs app={app} front="messages" />}
        {channel.kind !== 'im' && <p className="channel-members">{channel.members.join(', ')}</p>}
      </header>
      <MessageList
        channel={channel}
        messages={channel.messages}
        label={`Messages in ${channel.name}`}
        isThread={false}
      />
      <Composer channel={channel} thread={null} />
    </div>
  );
}
