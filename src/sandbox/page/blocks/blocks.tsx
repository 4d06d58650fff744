import type { AnyBlock, KnownBlock, SectionBlock } from '@slack/types';
import { controlsIn } from '../../state/controls.ts';
import { ControlView } from '../controls/control-view.tsx';
import { DataTable } from './data-table.tsx';
import { InputField } from './input-field.tsx';
import { Shown } from './shown.tsx';

/** Blocks in order: what is only shown as Slack draws it, what can be used as controls of our own. */
export function Blocks({ blocks }: { blocks: readonly AnyBlock[] }) {
  return blocks.map((block, index) => (
    <BlockView key={block.block_id ?? index} block={block as KnownBlock} />
  ));
}

function BlockView({ block }: { block: KnownBlock }) {
  switch (block.type) {
    case 'actions':
    case 'context_actions':
      return <Controls block={block} />;
    case 'input':
      return <InputField block={block} />;
    case 'section':
      return <Section block={block} />;
    case 'card':
      return (
        <div className="card">
          <Shown block={{ ...block, actions: undefined }} />
          <Controls block={block} />
        </div>
      );
    case 'carousel':
      return (
        <div className="carousel">
          <Blocks blocks={block.elements} />
        </div>
      );
    case 'container':
      return (
        <div className="container">
          <Shown block={{ ...block, child_blocks: [] }} />
          <Blocks blocks={block.child_blocks} />
        </div>
      );
    case 'data_table':
      return <DataTable block={block} />;
    default:
      return <Shown block={block} />;
  }
}

function Controls({ block }: { block: KnownBlock }) {
  const controls = controlsIn([block]);
  if (controls.length === 0) return null;
  return (
    <div className="actions">
      {controls.map((control) => (
        <ControlView key={control.actionId} control={control} />
      ))}
    </div>
  );
}

function Section({ block }: { block: SectionBlock }) {
  const [control] = controlsIn([block]);
  if (!control) return <Shown block={block} />;
  const { accessory: _accessory, ...rest } = block;
  return (
    <div className="section">
      <div>
        <Shown block={rest} />
      </div>
      <ControlView control={control} />
    </div>
  );
}
