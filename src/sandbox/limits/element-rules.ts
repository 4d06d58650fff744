import type {
  Button,
  Datepicker,
  DateTimepicker,
  FeedbackButtons,
  FileInput,
  IconButton,
  Timepicker,
  WorkflowButton,
} from '@slack/types';
import {
  checkImageSource,
  colorScheme,
  confirmDialog,
  type ImageSource,
  identifier,
  imageSource,
  plainText,
} from './composition-rules.ts';
import { calendarDate, clockTime, linkUrl, timeZone, userId } from './formats.ts';
import {
  flag,
  listOf,
  number,
  oneOf,
  optional,
  type Rule,
  required,
  shape,
  string,
  typeIs,
} from './rule.ts';

const buttonValue = string({ max: 2000 });
const accessibilityLabel = string({ max: 75 });

export const actionable = { action_id: optional(identifier) };
export const confirmable = { confirm: optional(confirmDialog) };
export const focusable = { focus_on_load: optional(flag) };
export const placeholdable = { placeholder: optional(plainText(150)) };

export const button: Rule = shape<Button>({
  type: typeIs('button'),
  text: required(plainText(75)),
  value: optional(buttonValue),
  url: optional(linkUrl),
  style: optional(colorScheme),
  accessibility_label: optional(accessibilityLabel),
  ...actionable,
  ...confirmable,
});

export const workflowButton: Rule = shape<WorkflowButton>({
  type: typeIs('workflow_button'),
  text: required(plainText(75)),
  workflow: required(
    shape<WorkflowButton['workflow']>({
      trigger: required(
        shape<WorkflowButton['workflow']['trigger']>({
          url: required(linkUrl),
          customizable_input_parameters: optional(
            listOf(
              shape<{ name: string; value: string }>({
                name: required(identifier),
                value: required(string({ max: 2000, min: 0 })),
              }),
            ),
          ),
        }),
      ),
    }),
  ),
  style: optional(colorScheme),
  accessibility_label: optional(accessibilityLabel),
  ...actionable,
  ...confirmable,
});

export const iconButton: Rule = shape<IconButton>({
  type: typeIs('icon_button'),
  // The only icon that Slack's page names.
  icon: required(oneOf(['trash'])),
  text: required(plainText(75)),
  accessibility_label: optional(accessibilityLabel),
  value: optional(buttonValue),
  visible_to_user_ids: optional(listOf(userId)),
  ...actionable,
  ...confirmable,
});

const feedbackButton: Rule = shape<FeedbackButtons['positive_button']>({
  text: required(plainText(75)),
  accessibility_label: optional(accessibilityLabel),
  value: required(buttonValue),
});

export const feedbackButtons: Rule = shape<FeedbackButtons>({
  type: typeIs('feedback_buttons'),
  positive_button: required(feedbackButton),
  negative_button: required(feedbackButton),
  ...actionable,
});

export const datepicker: Rule = shape<Datepicker>({
  type: typeIs('datepicker'),
  initial_date: optional(calendarDate),
  ...actionable,
  ...confirmable,
  ...focusable,
  ...placeholdable,
});

export const timepicker: Rule = shape<Timepicker>({
  type: typeIs('timepicker'),
  initial_time: optional(clockTime),
  timezone: optional(timeZone),
  ...actionable,
  ...confirmable,
  ...focusable,
  ...placeholdable,
});

export const datetimepicker: Rule = shape<DateTimepicker>({
  type: typeIs('datetimepicker'),
  // Ten digits, as Slack's page asks: 2001-09-09 to 2286-11-20.
  initial_date_time: optional(number({ min: 1_000_000_000, max: 9_999_999_999, integer: true })),
  ...actionable,
  ...confirmable,
  ...focusable,
});

export const fileInput: Rule = shape<FileInput>({
  type: typeIs('file_input'),
  filetypes: optional(listOf(string({ max: 255 }))),
  max_files: optional(number({ min: 1, max: 10, integer: true })),
  ...actionable,
});

type ImageElementFields = ImageSource & { type: 'image'; alt_text: string };

export const image: Rule = shape<ImageElementFields>(
  { type: typeIs('image'), alt_text: required(string({ max: 2000 })), ...imageSource },
  checkImageSource,
);
