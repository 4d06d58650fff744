import type { App } from '@slack/bolt';
import type { Deps } from '../../../src/deps.ts';
import type { Feature } from '../../../src/feature.ts';

export type Registered = {
  actions: string[];
  views: string[];
  commands: string[];
  shortcuts: string[];
  options: Menu[];
};

/** Whose choices the app gives, by the id of its block. */
export type Menu = { name: string; isAt: (blockId: string) => boolean };

type Constraint = string | { action_id?: string; callback_id?: string; block_id?: unknown };

/** Everything that the features listen to, as they themselves register it. */
export function listListeners(features: readonly Feature[], deps: Deps): Registered {
  const found: Registered = { actions: [], views: [], commands: [], shortcuts: [], options: [] };
  const name = (one: Constraint) =>
    typeof one === 'string' ? one : (one.action_id ?? one.callback_id ?? String(one.block_id));
  const app = {
    action: (one: Constraint) => found.actions.push(name(one)),
    view: (one: Constraint) => {
      if (typeof one === 'string' || !('type' in one) || one.type !== 'view_closed')
        found.views.push(name(one));
    },
    command: (one: string) => found.commands.push(one),
    shortcut: (one: Constraint) => found.shortcuts.push(name(one)),
    options: ({ block_id: id }: { block_id: string | RegExp }) => {
      const isAt = (one: string) => (typeof id === 'string' ? one === id : id.test(one));
      found.options.push({ name: String(id), isAt });
    },
    event: () => {},
    message: () => {},
    use: () => {},
    error: () => {},
    client: {},
  };
  for (const feature of features) feature.register?.(app as unknown as App, deps);
  return found;
}
