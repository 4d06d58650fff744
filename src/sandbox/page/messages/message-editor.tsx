import { useState } from 'react';
import type { ChannelState, MessageState } from '../../index.ts';
import { usePerson } from '../workspace/person-context.ts';

/** Changes what one wrote oneself. */
export function MessageEditor(o: {
  channel: ChannelState;
  message: MessageState;
  onDone: () => void;
}) {
  const { act } = usePerson();
  const [text, setText] = useState(o.message.text);
  const save = async () => {
    const where = { channel: o.channel.id, ts: o.message.ts };
    if (text.trim() !== '' && text !== o.message.text) {
      if (!(await act({ do: 'edit', message: where, text }))) return;
    }
    o.onDone();
  };
  return (
    <form
      className="message-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') o.onDone();
        if (event.key === 'Enter' && !event.shiftKey) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <textarea
        ref={(field) => field?.focus()}
        aria-label="Edit the message"
        value={text}
        rows={Math.min(8, text.split('\n').length + 1)}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="message-editor-actions">
        <button type="button" className="button" onClick={o.onDone}>
          Cancel
        </button>
        <button type="submit" className="button primary">
          Save
        </button>
      </div>
    </form>
  );
}
