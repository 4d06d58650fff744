import { z } from 'zod';
import type { Pair } from '../../pairs/index.ts';
import { actions, button, context, literal, mrkdwn, section } from '../../slack/blocks.ts';
import type { OutgoingMessage } from '../../slack/deliveries/domain.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { REPEAT_DAYS, type RepeatProposal } from '../domain.ts';

export const MAKE_DUTY = 'repeats.make-duty';
export const DISMISS = 'repeats.dismiss';

export const ProposalValue = z.object({ pairId: z.string(), delegationId: z.string() });

/** Proposes to make work that comes again and again a duty, with an SOP. */
export function buildProposal(o: { pair: Pair; proposal: RepeatProposal }): OutgoingMessage {
  const { pair, proposal } = o;
  const { pairId, delegationId, title, count, numbers, dismissedBy } = proposal;
  const text = `This came ${count} times in ${REPEAT_DAYS} days: ${escapeText(shorten(title, 150))}`;
  const value = JSON.stringify({ pairId, delegationId });
  const person = [pair.executive, pair.ea].find(({ userId }) => userId === dismissedBy);
  const about = shorten(title, 40);
  return {
    text,
    blocks: [
      section(mrkdwn(`*This came ${count} times in ${REPEAT_DAYS} days*`)),
      section(literal(shorten(title, 200))),
      context(`The newest ones: ${numbers.map((number) => `#${number}`).join(', ')}.`),
      ...(dismissedBy
        ? [context(`${escapeText(person?.name ?? 'Somebody')} said that it stays as it is.`)]
        : [
            section(
              mrkdwn(
                'As a duty in the charter it would come by itself on its days, and an SOP would say once how it is done. Both of you sign a duty before it counts.',
              ),
            ),
            actions('repeat', [
              button({
                text: 'Make it a duty',
                actionId: MAKE_DUTY,
                value,
                label: `Make it a duty: ${about}`,
              }),
              button({
                text: 'Leave it as it is',
                actionId: DISMISS,
                value,
                label: `Leave it as it is: ${about}`,
              }),
            ]),
            context('Each kind of work is proposed once.'),
          ]),
    ],
  };
}
