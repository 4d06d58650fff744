import type { ContainerBlock } from '@slack/types';
import {
  actions,
  alert,
  card,
  carousel,
  containerOf,
  context,
  contextActions,
  divider,
  file,
  header,
  image,
  input,
  markdown,
  plan,
  section,
  taskCard,
  video,
} from './block-rules.ts';
import { dataVisualization } from './chart-rules.ts';
import { type LimitProblem, problemsOf } from './problem.ts';
import { richText } from './rich-text-rules.ts';
import { byType, type Finding, listOf, type Rule, type Spot, type Surface } from './rule.ts';
import { dataTable, table } from './table-rules.ts';
import { allBlocks, type BlockType, checkTogether } from './together.ts';

type ChildType = ContainerBlock['child_blocks'][number]['type'];

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];
const MESSAGE: readonly Surface[] = ['message'];
const MESSAGE_AND_HOME: readonly Surface[] = ['message', 'home'];

const CHILDREN: Record<ChildType, Rule> = {
  actions,
  context,
  divider,
  file,
  header,
  image,
  input,
  rich_text: richText,
  section,
  table,
  video,
};

// Where no source names the surfaces of a block (card, carousel, container), only messages are
// allowed: that is where Slack's announcement shows them.
const BLOCKS: Record<BlockType, { rule: Rule; surfaces: readonly Surface[] }> = {
  actions: { rule: actions, surfaces: EVERYWHERE },
  alert: { rule: alert, surfaces: ['modal'] },
  card: { rule: card, surfaces: MESSAGE },
  carousel: { rule: carousel, surfaces: MESSAGE },
  container: { rule: containerOf(new Map(Object.entries(CHILDREN))), surfaces: MESSAGE },
  context: { rule: context, surfaces: EVERYWHERE },
  context_actions: { rule: contextActions, surfaces: MESSAGE },
  data_table: { rule: dataTable, surfaces: MESSAGE_AND_HOME },
  data_visualization: { rule: dataVisualization, surfaces: MESSAGE_AND_HOME },
  divider: { rule: divider, surfaces: EVERYWHERE },
  file: { rule: file, surfaces: MESSAGE },
  header: { rule: header, surfaces: EVERYWHERE },
  image: { rule: image, surfaces: EVERYWHERE },
  input: { rule: input, surfaces: EVERYWHERE },
  markdown: { rule: markdown, surfaces: MESSAGE },
  plan: { rule: plan, surfaces: MESSAGE },
  rich_text: { rule: richText, surfaces: EVERYWHERE },
  section: { rule: section, surfaces: EVERYWHERE },
  table: { rule: table, surfaces: MESSAGE_AND_HOME },
  task_card: { rule: taskCard, surfaces: MESSAGE },
  video: { rule: video, surfaces: EVERYWHERE },
};

const BLOCKS_MAX: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

function blocksRule(surface: Surface): Rule {
  const rules = Object.entries(BLOCKS)
    .filter(([, entry]) => entry.surfaces.includes(surface))
    .map(([type, entry]) => [type, entry.rule] as const);
  // A message may say "no blocks"; a view without any would show an empty screen.
  const min = surface === 'message' ? 0 : 1;
  return listOf(byType(new Map(rules)), { min, max: BLOCKS_MAX[surface] });
}

const SURFACE_RULES: Record<Surface, Rule> = {
  message: blocksRule('message'),
  modal: blocksRule('modal'),
  home: blocksRule('home'),
};

/** Findings about one list of blocks, each block by itself. */
export function checkBlockList(spot: Spot): void {
  SURFACE_RULES[spot.surface](spot);
}

/** What Slack would refuse in a bare list of blocks; pointers start with /blocks. */
export function validateBlocks(blocks: unknown, surface: Surface): LimitProblem[] {
  if (!Array.isArray(blocks)) {
    const finding = { pointer: '/blocks', message: 'must provide an array' };
    return problemsOf([finding], 'invalid_blocks_format');
  }
  const findings: Finding[] = [];
  checkBlockList({ value: blocks, pointer: '/blocks', surface, findings });
  findings.push(...checkTogether(allBlocks(blocks, '/blocks')));
  return problemsOf(findings, 'invalid_blocks');
}
