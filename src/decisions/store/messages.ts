import type { Tx } from '../../database/index.ts';
import type { Decision } from '../domain/decision.ts';
import type { MessageKind, MessageRef, ShownDecision } from '../domain/message.ts';
import { toDecision } from './rows.ts';

type DecisionKey = { workspaceId: string; id: string };

/** Which messages show which decisions. */
export function createMessageStore(db: Tx) {
  return {
    /** Notes that a message shows these decisions, in this order. */
    async addMessage(message: MessageRef, decisions: readonly Decision[]): Promise<void> {
      await db.decisionMessage.createMany({
        data: decisions.map(({ workspaceId, id, number }) => ({
          workspaceId,
          decisionId: id,
          key: message.key,
          kind: message.kind,
          position: number,
        })),
        skipDuplicates: true,
      });
    },

    /** Notes that newer messages take the place of those of these kinds. */
    async retireMessages(
      { workspaceId, id }: DecisionKey,
      kinds: readonly MessageKind[],
    ): Promise<void> {
      await db.decisionMessage.updateMany({
        where: { workspaceId, decisionId: id, kind: { in: [...kinds] } },
        data: { isRetired: true },
      });
    },

    /** The messages that show a decision. */
    async listMessages({ workspaceId, id }: DecisionKey): Promise<MessageRef[]> {
      const rows = await db.decisionMessage.findMany({
        where: { workspaceId, decisionId: id },
        orderBy: { key: 'asc' },
      });
      return rows.map(({ key, kind }) => ({ key, kind: kind as MessageKind }));
    },

    /** The decisions that a message shows, in their order. */
    async listShownIn(workspaceId: string, key: string): Promise<ShownDecision[]> {
      const rows = await db.decisionMessage.findMany({
        where: { workspaceId, key },
        orderBy: { position: 'asc' },
        include: { decision: true },
      });
      return rows.map(({ decision, isRetired }) => ({ decision: toDecision(decision), isRetired }));
    },
  };
}
