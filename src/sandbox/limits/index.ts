export { validateBlocks } from './blocks.ts';
export { lintMessage, type MessageArguments, validateMessage } from './message.ts';
export { type LimitProblem, toSlackError } from './problem.ts';
export type { Surface } from './rule.ts';
export { validateView } from './view.ts';
