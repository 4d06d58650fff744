import type { Pair } from '../../../pairs/index.ts';
import { actions, button, context, mrkdwn, section } from '../../../slack/blocks.ts';
import type { OutgoingMessage } from '../../../slack/deliveries/domain.ts';
import { escapeText } from '../../../slack/text.ts';
import type { Import, Reserved } from '../../domain/import/import.ts';
import { CANCEL_IMPORT, CONFIRM_IMPORT } from './messages.ts';
import { describeReserved, nameOf, sayTasks } from './words.ts';

/** What is asked in place of a preview before work in categories that stay with the executive is imported. */
export function buildSecondThought(
  of: Import,
  o: { pair: Pair; reserved: readonly Reserved[]; agreedTo: string },
): OutgoingMessage {
  const { pair, reserved, agreedTo } = o;
  const count = reserved.reduce((sum, { lines }) => sum + lines.length, 0);
  const total = of.lines.length;
  const all = sayTasks(total);
  const some = count < total ? `${count.toLocaleString('en')} of the ${all}` : `All ${all}`;
  const which = total === 1 ? 'The task' : some;
  const text = `${which} in ${nameOf(of)} ${count === 1 ? 'is' : 'are'} in a category that stays with ${escapeText(pair.executive.name)}. Nothing is written yet.`;
  return {
    text,
    blocks: [
      section(mrkdwn(text)),
      section(mrkdwn(describeReserved(reserved).join('\n'))),
      context('Import them all the same, or cancel and choose other categories in the file.'),
      actions('import', [
        button({
          text: `Import all the same: ${all}`,
          actionId: CONFIRM_IMPORT,
          value: JSON.stringify({ id: of.id, agreedTo }),
        }),
        button({
          text: 'Cancel',
          actionId: CANCEL_IMPORT,
          value: JSON.stringify({ id: of.id }),
        }),
      ]),
    ],
  };
}
