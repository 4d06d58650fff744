import type { Decision } from './decision.ts';

/** To the executive: 'ask', 'return' after leave, 'remind', 'default'. To both: 'talk'. To the EA: 'own', 'news'. */
export type MessageKind = 'ask' | 'return' | 'remind' | 'default' | 'talk' | 'own' | 'news';

/** The kinds that ask the executive in a direct message: the newest of them has the buttons. */
export const ASKING_KINDS: readonly MessageKind[] = ['ask', 'return', 'remind', 'default'];

/** Most decisions in one message: each takes up to four blocks, and a message holds fifty. */
export const MAX_SHOWN = 10;

export type MessageRef = { key: string; kind: MessageKind };

/** A decision as a message shows it; retired when a newer message has its buttons. */
export type ShownDecision = { decision: Decision; isRetired: boolean };
