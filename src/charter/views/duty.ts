import type { InputBlock, ModalView } from '@slack/types';
import type { Role } from '../../pairs/index.ts';
import {
  actions,
  button,
  input,
  option,
  plain,
  radioButtons,
  staticSelect,
} from '../../slack/blocks.ts';
import { shorten } from '../../slack/text.ts';
import { formatMinutes } from '../../time/minutes.ts';
import { zoneCity } from '../../time/zones.ts';
import {
  HOLIDAY_RULES,
  type HolidayRule,
  MAX_LINE,
  MAX_TITLE,
  PRIORITIES,
  type Priority,
} from '../domain/duty.ts';
import { type DutyCarried, type DutyFields, NO_CATEGORY } from './duty-fields.ts';
import type { CharterPeople } from './duty-text.ts';

export const DUTY_MODAL = 'charter.save-duty';
export const BACK_TO_DRAFT = 'charter.back-to-draft';

export type DutyForm = {
  pairId: string;
  offset: number;
  /** Null for a new one. */
  dutyId: string | null;
  fields: DutyFields;
  people: CharterPeople;
  /** Names of the pair's categories. */
  categories: string[];
};

export function buildDutyModal(form: DutyForm): ModalView {
  const { pairId, offset, dutyId, fields } = form;
  const carried: DutyCarried = { pairId, offset, dutyId };
  return {
    type: 'modal',
    callback_id: DUTY_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain(dutyId ? 'Edit duty' : 'New duty'),
    submit: plain('Keep in the draft'),
    close: plain('Cancel'),
    blocks: [
      actions('draft', [
        button({
          text: 'Back to the draft',
          actionId: BACK_TO_DRAFT,
          value: JSON.stringify({ pairId, offset }),
        }),
      ]),
      text({ blockId: 'title', label: 'What', value: fields.title, max: MAX_TITLE }),
      buildOwner(form),
      {
        ...text({ blockId: 'when', label: 'How often and when', value: fields.when, max: 200 }),
        hint: plain(
          'Such as: every weekday at 9, every Monday at 10:00, every other Friday at 16:00, last business day of the month at 15:00. On the clock of who does it.',
        ),
      },
      input({
        blockId: 'dayOff',
        label: 'On a holiday, on leave or on a day off',
        element: radioButtons(
          HOLIDAY_RULES.map((rule) => option(RULE_LABELS[rule], rule)),
          fields.onDayOff,
        ),
      }),
      input({
        blockId: 'priority',
        label: 'Priority',
        element: radioButtons(
          PRIORITIES.map((one) => option(PRIORITY_LABELS[one], one)),
          fields.priority,
        ),
      }),
      buildCategory(form),
      {
        ...text({
          blockId: 'done',
          label: 'What is true when it is done?',
          value: fields.doneMeans,
          max: MAX_LINE,
          optional: true,
        }),
      },
      {
        ...text({
          blockId: 'estimate',
          label: 'How long does it take?',
          value: fields.estimateMinutes === null ? null : formatMinutes(fields.estimateMinutes),
          max: 20,
          optional: true,
        }),
        hint: plain('Such as 20 min or 1.5 h.'),
      },
      {
        ...text({
          blockId: 'sop',
          label: 'Link to the SOP',
          value: fields.sopUrl,
          max: 2000,
          optional: true,
        }),
        hint: plain('How it is done, step by step. Tandem keeps the link and does not open it.'),
      },
      {
        ...text({ blockId: 'kpi', label: 'KPI', value: fields.kpi, max: MAX_LINE, optional: true }),
        hint: plain('How you both see that it goes well, such as: inbox empty at noon.'),
      },
    ],
  };
}

const RULE_LABELS: Record<HolidayRule, string> = {
  skip: 'Leave it out',
  before: 'Do it on the working day before',
  after: 'Do it on the working day after',
};

const PRIORITY_LABELS: Record<Priority, string> = { high: 'High', normal: 'Normal', low: 'Low' };

function text(o: {
  blockId: string;
  label: string;
  value: string | null;
  max: number;
  optional?: boolean;
}): InputBlock {
  const { blockId, label, max } = o;
  return input({
    blockId,
    label,
    element: {
      type: 'plain_text_input',
      max_length: max,
      ...(o.value && { initial_value: shorten(o.value, max) }),
    },
    ...(o.optional && { optional: true }),
  });
}

function buildOwner({ people, fields }: DutyForm): InputBlock {
  const label = (role: Role) =>
    `${shorten(people[role].name, 40)} (${zoneCity(people[role].zone)} time)`;
  return input({
    blockId: 'owner',
    label: 'Who does it',
    element: radioButtons(
      [option(label('ea'), 'ea'), option(label('executive'), 'executive')],
      fields.owner,
    ),
  });
}

function buildCategory({ categories, fields }: DutyForm): InputBlock {
  const names = [...new Set([...(fields.category ? [fields.category] : []), ...categories])];
  return input({
    blockId: 'category',
    label: 'Category',
    optional: true,
    element: staticSelect(
      [option('None', NO_CATEGORY), ...names.slice(0, 99).map((name) => option(name, name))],
      fields.category ?? NO_CATEGORY,
    ),
  });
}
