import { isDeepStrictEqual } from 'node:util';
import type { Option } from '@slack/types';
import { listed } from './composition-rules.ts';
import { refuse, type Spot } from './rule.ts';

/** The values of a list of options with their paths; `below` is the path of the list. */
export const optionValues = (options: readonly Option[], below: string) =>
  listed(
    options.map((option) => option.value),
    below,
  );

/**
 * An initial option must be one of the options, in every field. `below` is the path of the
 * initial option, with `*` for its index where there may be several.
 */
export function checkInitial(
  initial: readonly Option[],
  to: { options: readonly Option[]; spot: Spot; below: string },
): void {
  initial.forEach((option, index) => {
    if (!to.options.some((offered) => isDeepStrictEqual(offered, option))) {
      const below = to.below.replace('*', String(index));
      refuse(to.spot, { message: 'must equal one of the options', below });
    }
  });
}
