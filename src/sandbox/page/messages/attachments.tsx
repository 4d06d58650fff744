import type { MessageState } from '../../index.ts';
import { Blocks } from '../blocks/blocks.tsx';
import { Mrkdwn } from '../blocks/shown.tsx';

/** Secondary content of a message, behind a coloured line. */
export function Attachments({ attachments }: { attachments: MessageState['attachments'] }) {
  return attachments.map((attachment, index) => {
    const texts = [attachment.pretext, attachment.title, attachment.text];
    return (
      <div
        // Attachments have no ids, and an update replaces all of them.
        key={index}
        className="attachment"
        style={attachment.color ? { borderLeftColor: hex(attachment.color) } : {}}
      >
        {texts.map((text) => (text ? <Mrkdwn key={text} text={text} /> : null))}
        {attachment.blocks && <Blocks blocks={attachment.blocks} />}
      </div>
    );
  });
}

function hex(colour: string): string {
  const named: Record<string, string> = { good: '#2eb67d', warning: '#ecb22e', danger: '#e01e5a' };
  return named[colour] ?? (colour.startsWith('#') ? colour : `#${colour}`);
}
