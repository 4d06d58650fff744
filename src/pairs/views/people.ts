import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import {
  actions,
  button,
  context,
  divider,
  input,
  mrkdwn,
  option,
  plain,
  radioButtons,
  section,
} from '../../slack/blocks.ts';
import { type Parsed, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { escapeText, isChannelId, isUserId, shorten } from '../../slack/text.ts';
import type { Role, Terms } from '../domain.ts';
import type { HoursDraft } from './draft.ts';

export const PEOPLE_MODAL = 'pairs.people';
export const OPEN_SETUP = 'pairs.open-setup';
export const END = 'pairs.end';
/** Opens the list of src/onlookers. */
const OPEN_ONLOOKERS = 'onlookers.open';
export const OVERVIEW = 'pairs.overview';

/** First view: who the two are and where they talk. */
export type PeopleForm = {
  role: Role;
  partnerId: string | null;
  channelId: string | null;
  startedOn: string;
  engagement: Terms['engagement'];
  hoursPerMonth: number | null;
  /** The pair that is set up already, with the name of the other one. */
  pair: { pairId: string; partnerName: string } | null;
  /** Whether the reader is an admin of the workspace. */
  isAdmin: boolean;
  /** What was typed in the second view, after going back from it. */
  draft?: HoursDraft | undefined;
};

export type People = Omit<PeopleForm, 'partnerId' | 'channelId' | 'pair' | 'isAdmin' | 'draft'> & {
  partnerId: string;
  channelId: string;
};

const PeopleFields: z.ZodType<People> = z
  .object({
    role: z.enum(['executive', 'ea'], 'Choose which of the two you are.'),
    partner: z
      .string('Choose the other person.')
      .refine(isUserId, 'Choose a person from the list.'),
    channel: z
      .string('Choose a channel.')
      .refine(isChannelId, 'Choose a channel, not a direct message.'),
    start: z.iso.date('Choose a date.'),
    engagement: z.enum(['direct', 'agency'], 'Choose one.'),
    hours: z
      .string()
      .regex(/^\d{1,3}$/, 'Write a whole number of hours, such as 40, or leave it empty.')
      .transform(Number)

      .pipe(
        z
          .number()
          .min(1, 'Write at least 1 hour, or leave it empty.')
          .max(744, 'A month has at most 744 hours.'),
      )
      .nullable(),
  })
  .transform((form) => ({
    role: form.role,
    partnerId: form.partner,
    channelId: form.channel,
    startedOn: form.start,
    engagement: form.engagement,
    hoursPerMonth: form.hours,
  }));

export function buildPeopleModal(form: PeopleForm): ModalView {
  return {
    type: 'modal',
    callback_id: PEOPLE_MODAL,
    private_metadata: JSON.stringify({ draft: form.draft }),
    title: plain('Set up Tandem'),
    submit: plain('Next'),
    close: plain('Cancel'),
    blocks: [
      context(
        'Step 1 of 2. Tandem works for one executive and one assistant (EA), in one channel of theirs.',
      ),
      input({
        blockId: 'role',
        label: 'I am the',
        element: radioButtons(
          [option('Executive', 'executive'), option('EA (executive assistant)', 'ea')],
          form.role,
        ),
      }),
      input({
        blockId: 'partner',
        label: 'The other person',
        element: {
          type: 'users_select',
          placeholder: plain('Choose a person'),
          ...(form.partnerId && { initial_user: form.partnerId }),
        },
      }),
      input({
        blockId: 'channel',
        label: 'Your shared channel',
        hint: 'Check-ins appear here. Invite Tandem first: open the channel and type /invite @Tandem',
        element: {
          type: 'conversations_select',
          placeholder: plain('Choose a channel'),
          filter: {
            include: ['public', 'private'],
            exclude_bot_users: true,
            exclude_external_shared_channels: true,
          },
          ...(form.channelId
            ? { initial_conversation: form.channelId }
            : { default_to_current_conversation: true }),
        },
      }),
      input({
        blockId: 'start',
        label: 'Working together since',
        element: { type: 'datepicker', initial_date: form.startedOn },
      }),
      input({
        blockId: 'engagement',
        label: 'The EA works',
        element: radioButtons(
          [option('Directly with us', 'direct'), option('Through an agency', 'agency')],
          form.engagement,
        ),
      }),
      input({
        blockId: 'hours',
        label: 'Hours agreed per month',
        hint: 'Leave empty if there is no agreed number.',
        optional: true,
        element: {
          type: 'plain_text_input',
          max_length: 3,
          ...(form.hoursPerMonth !== null && { initial_value: String(form.hoursPerMonth) }),
        },
      }),
      ...buildMore(form),
    ],
  };
}

/** What else can be done about the pair, and what an admin can. */
function buildMore({ pair, isAdmin }: PeopleForm): KnownBlock[] {
  const overview = button({
    text: 'All pairs of this workspace',
    actionId: OVERVIEW,
    value: JSON.stringify({ offset: 0 }),
  });
  const blocks: KnownBlock[] = [];
  if (pair) {
    blocks.push(
      divider(),
      section(mrkdwn(`*You and ${escapeText(pair.partnerName)}*`)),
      actions('pair', [onlookersButton(pair), endButton(pair)]),
    );
  }
  if (isAdmin) blocks.push(actions('admin', [overview]));
  return blocks;
}

function onlookersButton({ pairId }: { pairId: string }) {
  return button({
    text: 'People who may look on',
    actionId: OPEN_ONLOOKERS,
    value: JSON.stringify({ pairId }),
  });
}

/** Ends a pair after asking; `partnerName` says which one. */
export function endButton(o: { pairId: string; partnerName: string }) {
  return button({
    text: 'End this pair',
    actionId: END,
    value: JSON.stringify({ pairId: o.pairId }),
    style: 'danger',
    label: shorten(`End the pair with ${o.partnerName}`, 75),
    confirm: {
      title: 'End this pair?',
      text: 'Check-ins and reminders stop for both of you, and both are told. What was written is kept. You can take it back for 24 hours.',
      confirm: 'End it',
      deny: 'Keep it',
    },
  });
}

export function parsePeopleModal(view: SubmittedView): Parsed<People> {
  return parseForm(view, PeopleFields);
}
