import type { Feature } from '../feature.ts';
import { registerOnlookerListeners } from './listeners.ts';

export { createOnlookerStore, type OnlookerStore } from './store.ts';

/** The agency manager and observers of a pair: there only while both agree. */
export const onlookers: Feature = {
  name: 'onlookers',
  register: registerOnlookerListeners,
};
