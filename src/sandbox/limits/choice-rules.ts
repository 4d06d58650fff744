import type { Checkboxes, Overflow, RadioButtons } from '@slack/types';
import { choiceOption, overflowOption, refuseRepeats } from './composition-rules.ts';
import { actionable, confirmable, focusable } from './element-rules.ts';
import { checkInitial, optionValues } from './option-checks.ts';
import { listOf, optional, type Rule, required, shape, typeIs } from './rule.ts';

export const checkboxes: Rule = shape<Checkboxes>(
  {
    type: typeIs('checkboxes'),
    options: required(listOf(choiceOption, { max: 10 })),
    initial_options: optional(listOf(choiceOption)),
    ...actionable,
    ...confirmable,
    ...focusable,
  },
  ({ options, initial_options: initial = [] }, spot) => {
    refuseRepeats(optionValues(options, '/options'), spot);
    refuseRepeats(optionValues(initial, '/initial_options'), spot);
    checkInitial(initial, { options, spot, below: '/initial_options/*' });
  },
);

export const radioButtons: Rule = shape<RadioButtons>(
  {
    type: typeIs('radio_buttons'),
    options: required(listOf(choiceOption, { max: 10 })),
    initial_option: optional(choiceOption),
    ...actionable,
    ...confirmable,
    ...focusable,
  },
  ({ options, initial_option: initial }, spot) => {
    refuseRepeats(optionValues(options, '/options'), spot);
    checkInitial(initial ? [initial] : [], { options, spot, below: '/initial_option' });
  },
);

export const overflow: Rule = shape<Overflow>(
  {
    type: typeIs('overflow'),
    options: required(listOf(overflowOption, { max: 5 })),
    ...actionable,
    ...confirmable,
  },
  ({ options }, spot) => refuseRepeats(optionValues(options, '/options'), spot),
);
