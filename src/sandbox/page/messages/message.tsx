import { useMemo, useState } from 'react';
import type { ChannelState, MessageState } from '../../index.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { Mrkdwn } from '../blocks/shown.tsx';
import { messageSurface, SurfaceProvider } from '../controls/surface.tsx';
import { clockText, momentText } from '../workspace/local-time.ts';
import { usePerson } from '../workspace/person-context.ts';
import { Attachments } from './attachments.tsx';
import { Avatar } from './avatar.tsx';
import { MessageEditor } from './message-editor.tsx';
import { MessageTools } from './message-tools.tsx';
import { Reactions } from './reactions.tsx';

const QUIET = [
  'channel_join',
  'channel_leave',
  'channel_name',
  'channel_archive',
  'channel_unarchive',
];

/** One message with everything that can be done to it. */
export function Message(o: {
  channel: ChannelState;
  message: MessageState;
  isContinued: boolean;
  isThread: boolean;
}) {
  const { channel, message } = o;
  const { team, person, zone, show } = usePerson();
  const [isEdited, setIsEdited] = useState(false);
  const surface = useMemo(() => messageSurface(channel.id, message), [channel.id, message]);
  const isMine = message.byId === person.id && !message.byBot;
  const isQuiet = QUIET.includes(message.subtype ?? '');
  const classes = ['message', o.isContinued && 'continued', message.ephemeral && 'ephemeral'];
  const isApp = message.byBot || team.apps.some((app) => app.botUserId === message.byId);
  const name = team.people.find((one) => one.id === message.byId)?.name ?? message.by;

  return (
    <article
      className={classes.filter(Boolean).join(' ')}
      aria-label={`${message.by}, ${momentText(message.at, zone)}`}
    >
      {o.isContinued ? (
        <time className="message-gutter" dateTime={message.at}>
          {clockText(message.at, zone).replace(/ [AP]M/, '')}
        </time>
      ) : (
        <Avatar id={message.byId} name={name} isBot={isApp} />
      )}
      <div className="message-body">
        {message.ephemeral && <p className="message-note">Only visible to you</p>}
        {!o.isContinued && (
          <p className="message-head">
            <strong>{message.by}</strong>
            {message.byBot && <span className="app-mark">App</span>}
            <time dateTime={message.at} title={momentText(message.at, zone)}>
              {clockText(message.at, zone)}
            </time>
          </p>
        )}
        {isEdited ? (
          <MessageEditor channel={channel} message={message} onDone={() => setIsEdited(false)} />
        ) : (
          <SurfaceProvider surface={surface}>
            <div className={isQuiet ? 'message-text quiet' : 'message-text'}>
              {message.blocks.length > 0 ? (
                <Blocks blocks={message.blocks} />
              ) : (
                message.plainText !== '' && <Mrkdwn text={message.plainText} />
              )}
              {message.edited && !message.byBot && (
                <small className="message-edited">(edited)</small>
              )}
            </div>
            <Attachments attachments={message.attachments} />
          </SurfaceProvider>
        )}
        {message.files.length > 0 && (
          <ul className="files">
            {message.files.map((file) => (
              <li key={file.id}>
                <a href={file.url} target="_blank" rel="noreferrer">
                  {file.mimetype.startsWith('image/') && <img src={file.url} alt={file.alt} />}
                  <span>{file.name}</span>
                </a>
              </li>
            ))}
          </ul>
        )}
        <Reactions channel={channel} message={message} />
        {!o.isThread && message.replies.length > 0 && (
          <button
            type="button"
            className="message-replies"
            onClick={() => show({ kind: 'channel', id: channel.id, thread: message.ts })}
          >
            {message.replies.length === 1 ? '1 reply' : `${message.replies.length} replies`}
          </button>
        )}
      </div>
      {!isEdited && !message.ephemeral && (
        <MessageTools
          channel={channel}
          message={message}
          isMine={isMine && message.subtype === null}
          isThread={o.isThread}
          onEdit={() => setIsEdited(true)}
        />
      )}
    </article>
  );
}
