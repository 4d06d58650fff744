import type { Feature } from '../feature.ts';
import { sweepRepeats } from './flows/check.ts';
import { registerRepeatListeners } from './listeners.ts';
import { REPEAT_RECORDS } from './views/records.ts';

export { createRepeatStore, type RepeatStore } from './store.ts';

/** Work that comes again and again, proposed once as a duty with an SOP. */
export const repeats: Feature = {
  name: 'repeats',
  records: REPEAT_RECORDS,
  register: registerRepeatListeners,
  sweeps: (deps) => [
    {
      name: 'repeats.check',
      run: () => sweepRepeats(deps),
      nextAt: () => deps.repeats.nextCheckAt(),
    },
  ],
};
