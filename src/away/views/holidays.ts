import type { ModalView } from '@slack/types';
import { z } from 'zod';
import {
  checkboxes,
  context,
  divider,
  input,
  mrkdwn,
  option,
  plain,
  section,
  staticSelect,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import { escapeText } from '../../slack/text.ts';
import { formatLocalDate } from '../../time/format.ts';
import type { HolidayArea } from '../../time/holidays.ts';
import type { Holiday } from '../domain/holidays.ts';
import { describeHolidays } from './list.ts';

export const HOLIDAYS_MODAL = 'away.submit-holidays';
/** The block whose menu is searched by typing: there are more countries than a menu may hold. */
export const COUNTRY_FIELD = 'country';
const MAX_NAME = 60;

export type HolidaysForm = {
  country: HolidayArea | null;
  region: string | null;
  /** Regions of the chosen country; empty where all are alike. */
  regions: HolidayArea[];
  next: Holiday[];
  /** Days off that can be worked, and those that are worked already. */
  choices: (Holiday & { isWorked: boolean })[];
  partners: { name: string; next: Holiday[] }[];
  notice?: string;
};

/** What a submitted form asks for. */
export type HolidaysChange = {
  country: string | null;
  region: string | null;
  /** The dates to be worked, out of those that were offered. */
  worked: string[];
  offered: string[];
  added: { on: string; name: string | null; isCompany: boolean } | null;
};

const Carried = z.object({ offered: z.array(z.iso.date()) });

export function buildHolidaysModal(form: HolidaysForm): ModalView {
  const { country, regions, choices } = form;
  const carried: z.infer<typeof Carried> = { offered: choices.map(({ on }) => on) };
  const worked = choices.filter((one) => one.isWorked).map(({ on }) => on);
  const days = choices.map(({ on, name }) => option(`${formatLocalDate(on)} ${name}`, on));
  const workedDays = days.filter((one) => one.value !== undefined && worked.includes(one.value));
  return {
    type: 'modal',
    callback_id: HOLIDAYS_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain('Public holidays'),
    submit: plain('Save'),
    close: plain('Close'),
    blocks: [
      ...(form.notice ? [section(mrkdwn(`*${escapeText(form.notice)}*`))] : []),
      context(describeHolidays(form.next)),
      input({
        blockId: COUNTRY_FIELD,
        label: 'Country',
        optional: true,
        element: {
          type: 'external_select',
          placeholder: plain('Type a country, such as Philippines'),
          min_query_length: 2,
          ...(country && { initial_option: option(country.name, country.code) }),
        },
      }),
      ...(regions.length > 0
        ? [
            input({
              blockId: 'region',
              label: 'Region',
              hint: 'Leave empty for the holidays of the whole country.',
              optional: true,
              element: {
                ...staticSelect(
                  regions.slice(0, 100).map((one) => option(one.name, one.code)),
                  form.region ?? undefined,
                ),
                placeholder: plain('Whole country'),
              },
            }),
          ]
        : []),
      ...(days.length > 0
        ? [
            input({
              blockId: 'worked',
              label: 'Days of these on which you work',
              optional: true,
              element: {
                type: 'multi_static_select',
                options: days,
                placeholder: plain('Choose the days that are not off for you'),
                ...(workedDays.length > 0 && { initial_options: workedDays }),
              },
            }),
          ]
        : []),
      input({
        blockId: 'addOn',
        label: 'Add a day off',
        hint: 'A holiday that is missing above, or a day on which your company is closed.',
        optional: true,
        element: { type: 'datepicker' },
      }),
      input({
        blockId: 'addName',
        label: 'Its name',
        optional: true,
        element: { type: 'plain_text_input', max_length: MAX_NAME },
      }),
      input({
        blockId: 'company',
        label: 'Company day',
        optional: true,
        element: checkboxes(
          [option('Offer this day to my partner too: our company is closed', 'company')],
          [],
        ),
      }),
      ...form.partners
        .slice(0, 5)
        .flatMap(({ name, next }) => [
          divider(),
          context(`${escapeText(name)}: ${describeHolidays(next)}`),
        ]),
    ],
  };
}

const HolidayFields = z
  .object({
    country: z.string().nullish(),
    region: z.string().nullish(),
    worked: z.array(z.iso.date()).nullish(),
    addOn: z.iso.date('Choose a date.').nullish(),
    addName: z.string().max(MAX_NAME, `Write at most ${MAX_NAME} characters.`).nullish(),
    company: z.array(z.literal('company')).nullish(),
  })
  .refine((form) => form.addOn || !form.addName?.trim(), {
    path: ['addOn'],
    message: 'Choose the date of this day off, or leave its name empty.',
  });

export function parseHolidaysModal(view: SubmittedView): Parsed<HolidaysChange> {
  const { offered } = parseCarried(view.private_metadata, Carried);
  const form = parseForm(view, HolidayFields);
  if (!form.ok) return form;
  const { country, region, worked, addOn, addName, company } = form.value;
  return {
    ok: true,
    value: {
      country: country ?? null,
      region: region ?? null,
      worked: worked ?? [],
      offered,
      added: addOn
        ? { on: addOn, name: addName?.trim() || null, isCompany: (company ?? []).length > 0 }
        : null,
    },
  };
}
