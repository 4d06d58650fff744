import { createContext, type ReactNode, useContext } from 'react';
import type { HomeState, MessageState } from '../../index.ts';
import type { Control } from '../../state/controls.ts';
import { initialValue } from '../../state/values.ts';

/** Narrows what a person means to one control on one surface. */
export type Spot = {
  channel?: string;
  ts?: string;
  home?: boolean;
};

type Value = NonNullable<ReturnType<typeof initialValue>>;

/** What controls stand on: a message, a modal or a Home tab. */
export type Surface = {
  spot: Spot;
  valueOf(control: Control): Value | null;
  errorOf(blockId: string): string | undefined;
  /** Texts that were typed but not handed over yet, by what hands them over. */
  drafts: Map<string, () => Promise<unknown>>;
};

const SurfaceContext = createContext<Surface | null>(null);

export function SurfaceProvider({ surface, children }: { surface: Surface; children: ReactNode }) {
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error('this belongs on a message, a modal or a Home tab');
  return surface;
}

/** A modal or Home tab; what it holds is kept by the sandbox. */
export function viewSurface(
  view: HomeState,
  spot: Spot,
  drafts: Surface['drafts'] = new Map(),
): Surface {
  const errors = new Map(view.inputs.map((input) => [input.blockId, input.error]));
  return {
    spot,
    valueOf: (control) => view.values[control.blockId]?.[control.actionId] ?? null,
    errorOf: (blockId) => errors.get(blockId),
    drafts,
  };
}

/** A message; until somebody chose something its controls hold what the app set. */
export function messageSurface(channel: string, message: MessageState): Surface {
  const key = (one: { blockId: string; actionId: string }) => `${one.blockId} ${one.actionId}`;
  const held = new Map(message.controls.map((one) => [key(one), one.value]));
  return {
    spot: { channel, ts: message.ts },
    valueOf: (control) => held.get(key(control)) ?? initialValue(control.element),
    errorOf: () => undefined,
    drafts: new Map(),
  };
}
