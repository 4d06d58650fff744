import type { Feature } from '../feature.ts';
import { registerDutyListeners } from './listeners.ts';

export { planDuties } from './flows/plan.ts';
export { dutyKind } from './flows/routine.ts';

/** What a signed charter asks for on its days. */
export const duties: Feature = { name: 'duties', register: registerDutyListeners };
