export { validateBlocks } from './blocks.ts';
export {
  type LintWarning,
  lintMessage,
  type MessageArguments,
  validateMessage,
} from './message.ts';
export { type LimitProblem, type SlackErrorName, toSlackError } from './problem.ts';
export type { Surface } from './rule.ts';
export { validateView } from './view.ts';
