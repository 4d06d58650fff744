import type {
  ActionsBlock,
  AlertBlock,
  CardBlock,
  CarouselBlock,
  ContainerBlock,
  ContextActionsBlock,
  ContextBlock,
  DividerBlock,
  FileBlock,
  HeaderBlock,
  InputBlock,
  MarkdownBlock,
  PlanBlock,
  SectionBlock,
  TaskCardBlock,
  URLSourceElement,
  VideoBlock,
} from '@slack/types';
import {
  anyText,
  checkImageSource,
  type ImageSource,
  identifier,
  imageSource,
  mrkdwn,
  plainText,
  TEXT_MAX,
} from './composition-rules.ts';
import { button, image as imageElement } from './element-rules.ts';
import { elementIn } from './element-table.ts';
import { linkUrl, secureUrl } from './formats.ts';
import { richText } from './rich-text-rules.ts';
import {
  byType,
  flag,
  listOf,
  oneOf,
  optional,
  type Rule,
  refuse,
  required,
  shape,
  string,
  typeIs,
} from './rule.ts';

/** Standard Markdown, one block or all of them together. */
export const MARKDOWN_MAX = 12_000;

const blockId = { block_id: optional(identifier) };

export const actions: Rule = shape<ActionsBlock>({
  type: typeIs('actions'),
  ...blockId,
  elements: required(listOf(elementIn('actions'), { max: 25 })),
});

export const alert: Rule = shape<AlertBlock>({
  type: typeIs('alert'),
  ...blockId,
  text: required(anyText(200)),
  level: optional(oneOf(['default', 'info', 'warning', 'error', 'success'])),
});

export const card: Rule = shape<CardBlock>(
  {
    type: typeIs('card'),
    ...blockId,
    hero_image: optional(imageElement),
    icon: optional(imageElement),
    title: optional(mrkdwn(150)),
    subtitle: optional(mrkdwn(150)),
    body: optional(mrkdwn(200)),
    actions: optional(listOf(byType(new Map([['button', button]])), { max: 3 })),
  },
  (block, spot) => {
    if (!block.hero_image && !block.title && !block.body && !block.actions) {
      refuse(spot, { message: 'must define `hero_image`, `title`, `actions` or `body`' });
    }
  },
);

export const carousel: Rule = shape<CarouselBlock>({
  type: typeIs('carousel'),
  ...blockId,
  elements: required(listOf(byType(new Map([['card', card]])), { max: 10 })),
});

export const context: Rule = shape<ContextBlock>({
  type: typeIs('context'),
  ...blockId,
  elements: required(
    listOf(elementIn('context', { plain_text: anyText(TEXT_MAX), mrkdwn: anyText(TEXT_MAX) }), {
      max: 10,
    }),
  ),
});

export const contextActions: Rule = shape<ContextActionsBlock>({
  type: typeIs('context_actions'),
  ...blockId,
  elements: required(listOf(elementIn('context_actions'), { max: 5 })),
});

export const divider: Rule = shape<DividerBlock>({ type: typeIs('divider'), ...blockId });

export const file: Rule = shape<FileBlock>({
  type: typeIs('file'),
  ...blockId,
  source: required(oneOf(['remote'])),
  external_id: required(identifier),
});

export const header: Rule = shape<HeaderBlock>({
  type: typeIs('header'),
  ...blockId,
  text: required(plainText(150)),
});

type ImageBlockFields = ImageSource & {
  type: 'image';
  block_id?: string;
  alt_text: string;
  title?: unknown;
};

export const image: Rule = shape<ImageBlockFields>(
  {
    type: typeIs('image'),
    ...blockId,
    alt_text: required(string({ max: 2000 })),
    title: optional(plainText(2000)),
    ...imageSource,
  },
  checkImageSource,
);

// Slack allows input blocks on every surface; which elements they may hold is in element-table.
export const input: Rule = shape<InputBlock>(
  {
    type: typeIs('input'),
    ...blockId,
    label: required(plainText(2000)),
    hint: optional(plainText(2000)),
    optional: optional(flag),
    element: required(elementIn('input')),
    dispatch_action: optional(flag),
  },
  (block, spot) => {
    if (block.dispatch_action && block.element.type === 'file_input') {
      refuse(spot, {
        message: 'unsupported type: file_input with `dispatch_action`',
        below: '/element/type',
      });
    }
  },
);

export const markdown: Rule = shape<MarkdownBlock>({
  type: typeIs('markdown'),
  ...blockId,
  text: required(string({ max: MARKDOWN_MAX })),
});

export const section: Rule = shape<SectionBlock>(
  {
    type: typeIs('section'),
    ...blockId,
    text: optional(anyText(TEXT_MAX)),
    fields: optional(listOf(anyText(2000), { max: 10 })),
    accessory: optional(elementIn('section')),
    expand: optional(flag),
  },
  (block, spot) => {
    if (!block.text && !block.fields) {
      refuse(spot, { message: 'must define either `text` or `fields`' });
    }
  },
);

// No source names a limit for the title of a task or a plan; cards and headers end at 150.
const taskTitle = string({ max: 150 });

const urlSource: Rule = shape<URLSourceElement>({
  type: typeIs('url'),
  url: required(linkUrl),
  text: required(string({ max: TEXT_MAX })),
});

export const taskCard: Rule = shape<TaskCardBlock>({
  type: typeIs('task_card'),
  ...blockId,
  task_id: required(identifier),
  title: required(taskTitle),
  details: optional(richText),
  output: optional(richText),
  sources: optional(listOf(byType(new Map([['url', urlSource]])))),
  status: required(oneOf(['pending', 'in_progress', 'complete', 'error'])),
});

export const plan: Rule = shape<PlanBlock>({
  type: typeIs('plan'),
  ...blockId,
  title: required(taskTitle),
  tasks: optional(listOf(byType(new Map([['task_card', taskCard]])), { max: 50 })),
});

// Slack says "less than 200" and "less than 50" here, where elsewhere it names the maximum.
export const video: Rule = shape<VideoBlock>({
  type: typeIs('video'),
  ...blockId,
  video_url: required(secureUrl),
  thumbnail_url: required(secureUrl),
  alt_text: required(string({ max: 2000 })),
  title: required(plainText(199)),
  title_url: optional(secureUrl),
  author_name: optional(string({ max: 49 })),
  provider_name: optional(string({ max: 49 })),
  provider_icon_url: optional(secureUrl),
  description: optional(plainText(199)),
});

/** A container of the given blocks: those that Slack lets stand in one. */
export const containerOf = (children: ReadonlyMap<string, Rule>): Rule =>
  shape<ContainerBlock>(
    {
      type: typeIs('container'),
      ...blockId,
      title: optional(plainText(150)),
      rich_text_title: optional(richText),
      subtitle: optional(anyText(150)),
      child_blocks: required(listOf(byType(children), { max: 10 })),
      width: optional(oneOf(['narrow', 'standard', 'wide', 'full'])),
      icon: optional(imageElement),
      is_collapsible: optional(flag),
      default_collapsed: optional(flag),
      has_header_divider: optional(flag),
    },
    (block, spot) => {
      if (!block.title && !block.rich_text_title) {
        refuse(spot, { message: 'must define either `title` or `rich_text_title`' });
      }
      if (block.default_collapsed && !block.is_collapsible) {
        refuse(spot, { message: 'needs `is_collapsible`', below: '/default_collapsed' });
      }
    },
  );
