import type {
  ActionsBlockElement,
  ContextActionsBlockElement,
  InputBlockElement,
  SectionBlockAccessory,
} from '@slack/types';
import { checkboxes, overflow, radioButtons } from './choice-rules.ts';
import {
  button,
  datepicker,
  datetimepicker,
  feedbackButtons,
  fileInput,
  iconButton,
  image,
  timepicker,
  workflowButton,
} from './element-rules.ts';
import { emailInput, numberInput, plainTextInput, richTextInput, urlInput } from './input-rules.ts';
import {
  channelsSelect,
  conversationsSelect,
  externalSelect,
  multiChannelsSelect,
  multiConversationsSelect,
  multiExternalSelect,
  multiStaticSelect,
  multiUsersSelect,
  staticSelect,
  usersSelect,
} from './menu-rules.ts';
import { byType, type Rule, type Surface } from './rule.ts';

type ElementType = (
  | ActionsBlockElement
  | ContextActionsBlockElement
  | InputBlockElement
  | SectionBlockAccessory
)['type'];

/** Where an element may stand: the block type, or `section` for its accessory. */
type Place = 'actions' | 'section' | 'input' | 'context' | 'context_actions';

type ElementEntry = { rule: Rule; places: readonly Place[]; surfaces: readonly Surface[] };

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];
const CHOICE: readonly Place[] = ['section', 'actions', 'input'];

// Places and surfaces follow the table on Slack's page of block elements. The types also let
// multi-select menus and rich_text_input stand in an actions block; that page does not, so they
// are refused there: both work in an input block, the menus also as an accessory.
const ELEMENTS: Record<ElementType, ElementEntry> = {
  button: { rule: button, places: ['section', 'actions'], surfaces: EVERYWHERE },
  checkboxes: { rule: checkboxes, places: CHOICE, surfaces: EVERYWHERE },
  radio_buttons: { rule: radioButtons, places: CHOICE, surfaces: EVERYWHERE },
  datepicker: { rule: datepicker, places: CHOICE, surfaces: EVERYWHERE },
  timepicker: { rule: timepicker, places: CHOICE, surfaces: EVERYWHERE },
  // Not in Home and not as an accessory, unlike the other pickers.
  datetimepicker: {
    rule: datetimepicker,
    places: ['actions', 'input'],
    surfaces: ['message', 'modal'],
  },
  static_select: { rule: staticSelect, places: CHOICE, surfaces: EVERYWHERE },
  external_select: { rule: externalSelect, places: CHOICE, surfaces: EVERYWHERE },
  users_select: { rule: usersSelect, places: CHOICE, surfaces: EVERYWHERE },
  conversations_select: { rule: conversationsSelect, places: CHOICE, surfaces: EVERYWHERE },
  channels_select: { rule: channelsSelect, places: CHOICE, surfaces: EVERYWHERE },
  multi_static_select: {
    rule: multiStaticSelect,
    places: ['section', 'input'],
    surfaces: EVERYWHERE,
  },
  multi_external_select: {
    rule: multiExternalSelect,
    places: ['section', 'input'],
    surfaces: EVERYWHERE,
  },
  multi_users_select: {
    rule: multiUsersSelect,
    places: ['section', 'input'],
    surfaces: EVERYWHERE,
  },
  multi_conversations_select: {
    rule: multiConversationsSelect,
    places: ['section', 'input'],
    surfaces: EVERYWHERE,
  },
  multi_channels_select: {
    rule: multiChannelsSelect,
    places: ['section', 'input'],
    surfaces: EVERYWHERE,
  },
  overflow: { rule: overflow, places: ['section', 'actions'], surfaces: EVERYWHERE },
  image: { rule: image, places: ['section', 'context'], surfaces: EVERYWHERE },
  workflow_button: {
    rule: workflowButton,
    places: ['section', 'actions'],
    surfaces: ['message'],
  },
  plain_text_input: { rule: plainTextInput, places: ['input'], surfaces: EVERYWHERE },
  rich_text_input: { rule: richTextInput, places: ['input'], surfaces: ['modal', 'home'] },
  email_text_input: { rule: emailInput, places: ['input'], surfaces: ['modal'] },
  number_input: { rule: numberInput, places: ['input'], surfaces: ['modal'] },
  url_text_input: { rule: urlInput, places: ['input'], surfaces: ['modal'] },
  file_input: { rule: fileInput, places: ['input'], surfaces: ['modal'] },
  feedback_buttons: {
    rule: feedbackButtons,
    places: ['context_actions'],
    surfaces: ['message'],
  },
  icon_button: { rule: iconButton, places: ['context_actions'], surfaces: ['message'] },
};

/** The elements that may stand in `place` on a surface, by type. */
function rulesFor(place: Place, surface: Surface): Map<string, Rule> {
  return new Map(
    Object.entries(ELEMENTS)
      .filter(([, entry]) => entry.places.includes(place) && entry.surfaces.includes(surface))
      .map(([type, entry]) => [type, entry.rule]),
  );
}

/** Any element that Slack lets stand in `place` on the surface at hand. */
export function elementIn(place: Place, others: Readonly<Record<string, Rule>> = {}): Rule {
  const on = (surface: Surface) =>
    byType(new Map([...rulesFor(place, surface), ...Object.entries(others)]));
  const rules = { message: on('message'), modal: on('modal'), home: on('home') };
  return (spot) => rules[spot.surface](spot);
}
