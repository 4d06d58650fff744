import type { types } from '@slack/bolt';
import { SandboxError } from '../errors.ts';
import { validateBlocks } from '../limits/index.ts';
import { suggestionPayload } from '../payloads/interactions.ts';
import type { Control } from '../state/controls.ts';
import { actionPlace, originOn } from './action-place.ts';
import { type Actor, deliver, report, type Stage } from './stage.ts';
import type { Surface } from './surfaces.ts';

/** Asks the app what a menu offers for what was typed; nothing while that is too short. */
export async function suggest(
  stage: Stage,
  actor: Actor,
  o: { surface: Surface; control: Control; typed: string },
): Promise<types.Option[]> {
  const { element } = o.control;
  const least = 'min_query_length' in element ? (element.min_query_length ?? 3) : 3;
  if (o.typed.length < least) return [];
  const origin = originOn(stage, actor, o.surface);
  const answer = await deliver(stage, {
    origin,
    payload: {
      type: 'interactive',
      payload: suggestionPayload(origin, {
        blockId: o.control.blockId,
        actionId: o.control.actionId,
        value: o.typed,
        place: actionPlace(stage, actor, o.surface),
      }),
    },
    about: `the options of "${o.control.actionId}"`,
  });
  if (!answer.ok)
    throw new SandboxError(answer.error, 'The app did not send the options in time.', 409);
  const options = readOptions(answer.response);
  if (options) return options;
  report(stage, origin, {
    about: `the options of "${o.control.actionId}"`,
    message: 'the answer is not a valid list of options',
  });
  throw new SandboxError('bad_options', 'The app sent options that Slack does not take.', 409);
}

/** The options of a `block_suggestion` answer when a menu with them would be valid. */
function readOptions(response: unknown): types.Option[] | null {
  if (typeof response !== 'object' || response === null) return null;
  const offered = response as {
    options?: types.Option[];
    option_groups?: { options: types.Option[] }[];
  };
  const { options, option_groups } = offered;
  if (options === undefined && option_groups === undefined) return null;
  if (options?.length === 0) return [];
  const menu = {
    type: 'static_select',
    action_id: 'menu',
    placeholder: { type: 'plain_text', text: 'Choose' },
    ...(options ? { options } : { option_groups }),
  };
  const problems = validateBlocks([{ type: 'actions', elements: [menu] }], 'message');
  if (problems.length > 0) return null;
  return options ?? (option_groups ?? []).flatMap((group) => group.options);
}
