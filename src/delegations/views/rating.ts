import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Pair } from '../../pairs/index.ts';
import {
  actions,
  button,
  context,
  input,
  literal,
  mrkdwn,
  option,
  plain,
  radioButtons,
  section,
} from '../../slack/blocks.ts';
import { type Parsed, parseCarried, parseForm, type SubmittedView } from '../../slack/forms.ts';
import type { Answer } from '../../slack/listen.ts';
import { escapeText, shorten } from '../../slack/text.ts';
import { formatInZone } from '../../time/format.ts';
import type { Delegation } from '../domain/delegation.ts';
import {
  type AverageRating,
  ENOUGH_RATINGS,
  MAX_A_PLUS,
  RATING_DAYS,
  type Rating,
  type RatingContent,
  SCORES,
  type Score,
} from '../domain/rating.ts';
import { ListPlace, refOf } from './values.ts';

/** Followed by the score, or by 'skip'. */
export const RATE = 'delegations.rate';
export const RATE_IN_WORDS = 'delegations.rate-in-words';
export const RATING_MODAL = 'delegations.save-rating';

/** What was said of one delivery, and whether the reader says it. */
export type RatingsShown = { ratings: readonly Rating[]; mayRate: boolean };

type Shown = {
  pair: Pair;
  delegation: Delegation;
  rating: RatingsShown | null;
  back: ListPlace | null;
};

/** Earlier ones shown under the last one. */
const EARLIER_SHOWN = 3;

/** How it was rated, in the view of the delegation; for the executive also how to say it. */
export function buildRatings(shown: Shown): KnownBlock[] {
  if (!shown.rating) return [];
  const { pair, rating } = shown;
  const said = rating.ratings.filter(({ score }) => score !== null);
  const last = said.at(-1);
  if (!last) return rating.mayRate ? buildQuestion(shown, rating) : [];
  const by = escapeText(pair.executive.name);
  const earlier = said.slice(0, -1).reverse().slice(0, EARLIER_SHOWN);
  return [
    section(mrkdwn(`*Rated ${last.score} of 5* by ${by}`)),
    ...(last.aPlus ? [section(literal(`What A+ would look like: ${last.aPlus}`))] : []),
    ...(earlier.length > 0
      ? [context(...earlier.map((one) => describeEarlier(one, pair.ea.zone)))]
      : []),
    ...(rating.mayRate ? buildChange(shown, last) : []),
  ];
}

type Asked = { pair: Pair; delegation: Delegation };

/** What only the executive sees after they pressed *Done* on the card. */
export function buildAfterDone({ pair, delegation }: Asked): Answer {
  const text = `Task #${delegation.number} is done.`;
  const shown = { pair, delegation, rating: null, back: null };
  const question = buildQuestion(shown, { ratings: [], mayRate: true });
  return { text, blocks: [section(mrkdwn(text)), ...question] };
}

/** In place of that question, once it was answered. */
export function buildRated({ pair, delegation }: Asked, score: Score | null): Answer {
  const { number } = delegation;
  const name = escapeText(pair.ea.name);
  if (score === null) return { replaces: true, text: `Task #${number} is done, without a rating.` };
  const text = `Task #${number}: rated ${score} of 5. ${name} sees it when the task is opened.`;
  const value = refOf(delegation);
  const words = button({ text: 'What would A+ look like?…', actionId: RATE_IN_WORDS, value });
  return {
    replaces: true,
    text,
    blocks: [section(mrkdwn(text)), actions('rating', [words])],
  };
}

function describeEarlier({ score, aPlus, ratedAt }: Rating, zone: string): string {
  const words = aPlus ? `: ${escapeText(shorten(aPlus, 300))}` : '';
  return `Before: ${score} of 5, ${escapeText(formatInZone(ratedAt, zone))}${words}`;
}

function buildQuestion({ delegation, back, pair }: Shown, { ratings }: RatingsShown): KnownBlock[] {
  const value = refOf(delegation, back);
  const words = button({ text: 'In words…', actionId: RATE_IN_WORDS, value });
  if (ratings.length > 0)
    return [context('You chose not to rate this.'), actions('rating.words', [words])];
  const name = escapeText(pair.ea.name);
  return [
    context(`How good is what was delivered? 5 is the best. Only you and ${name} see it.`),
    actions('rating', [
      ...SCORES.map((score) =>
        button({
          text: `${score}`,
          actionId: `${RATE}.${score}`,
          value,
          label: `Rate ${score} of 5`,
        }),
      ),
      button({ text: 'Skip', actionId: `${RATE}.skip`, value, label: 'Skip the rating' }),
      words,
    ]),
  ];
}

function buildChange({ delegation, back, pair }: Shown, last: Rating): KnownBlock[] {
  const value = refOf(delegation, back);
  const name = escapeText(pair.ea.name);
  const text = last.seenAt
    ? 'Rate anew…'
    : last.aPlus
      ? 'Change the rating…'
      : 'What would A+ look like?…';
  return [
    context(
      last.seenAt
        ? `${name} has seen this, so it stays. What you say now is put above it.`
        : `${name} has not seen this yet: you can still change it.`,
    ),
    actions('rating', [button({ text, actionId: RATE_IN_WORDS, value })]),
  ];
}

export type RatingForm = { delegation: Delegation; last: Rating | null };

const Carried = z.object({
  id: z.string(),
  /** The view that shows the delegation. */
  detailViewId: z.string().nullable(),
  back: ListPlace.nullish(),
});

export type RatingCarried = z.infer<typeof Carried>;

const SCORE_NAMES: Record<Score, string> = {
  1: '1 - Has to be done again',
  2: '2 - Much was missing',
  3: '3 - Usable',
  4: '4 - Good',
  5: '5 - As good as it can be',
};

export function buildRatingModal(
  { delegation, last }: RatingForm,
  carried: RatingCarried,
): ModalView {
  return {
    type: 'modal',
    callback_id: RATING_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain('Rate the delivery'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      section(literal(`#${delegation.number} ${delegation.title}`)),
      input({
        blockId: 'score',
        label: 'How good is it?',
        element: radioButtons(
          SCORES.map((score) => option(SCORE_NAMES[score], `${score}`)),
          last?.score ? `${last.score}` : undefined,
        ),
      }),
      input({
        blockId: 'aPlus',
        label: 'What would A+ look like?',
        hint: 'What would make it the best it can be, next time.',
        optional: true,
        element: {
          type: 'plain_text_input',
          multiline: true,
          max_length: MAX_A_PLUS,
          ...(last?.aPlus && { initial_value: last.aPlus }),
        },
      }),
    ],
  };
}

const Fields = z
  .object({
    score: z.enum(['1', '2', '3', '4', '5'], 'Choose from 1 to 5.'),
    aPlus: z
      .string()
      .max(MAX_A_PLUS, `Write at most ${MAX_A_PLUS} characters.`)
      .nullish()
      .transform((typed) => typed?.trim() || null),
  })
  .transform(
    ({ score, aPlus }): RatingContent => ({
      score: SCORES.find((one) => `${one}` === score) ?? null,
      aPlus,
    }),
  );

export function parseRatingModal(
  view: SubmittedView,
): Parsed<{ carried: RatingCarried; said: RatingContent }> {
  const carried = parseCarried(view.private_metadata, Carried);
  const fields = parseForm(view, Fields);
  return fields.ok ? { ok: true, value: { carried, said: fields.value } } : fields;
}

/** 'Rated 4.2 of 5 on average, from 6 tasks of the last 90 days.' */
export function describeAverage({ mean, n }: AverageRating): string {
  if (mean === null || n < ENOUGH_RATINGS)
    return `Ratings: not enough yet for an average. ${n} in the last ${RATING_DAYS} days, and it takes ${ENOUGH_RATINGS}.`;
  return `Rated ${mean.toFixed(1)} of 5 on average, from ${n} tasks that were rated in the last ${RATING_DAYS} days.`;
}
