import type { WebClient } from '@slack/web-api';
import { authorize } from '../access/index.ts';
import type { Deps, Stores } from '../deps.ts';
import { UserFacingError } from '../errors.ts';
import type { Pair } from '../pairs/index.ts';
import type { Caller } from '../slack/caller.ts';
import { fetchPerson, REFUSED_AS } from '../slack/people.ts';
import { mentionUser } from '../slack/text.ts';
import { checkProposal, type Onlooker } from './domain.ts';
import { buildOnlookerNotice, buildProposalCard, type CardState } from './views/cards.ts';
import type { OnlookersForm, Proposal } from './views/list.ts';

type Named = { caller: Caller; pairId: string; userId: string };

/** Everybody who looks on in a pair, for everybody in it. */
export async function prepareOnlookers(
  deps: Deps,
  caller: Caller,
  pairId: string,
): Promise<OnlookersForm> {
  const { role } = await authorize(deps, caller, { pairId, to: 'onlookers.read' });
  const { workspaceId } = caller;
  const onlookers = await deps.onlookers.listOfPair({ workspaceId, pairId });
  return { pairId, onlookers, mayChange: role === 'executive' || role === 'ea' };
}

/** Proposes somebody; they may look on once the other one agrees. */
export async function proposeOnlooker(
  deps: Deps,
  o: { caller: Caller; client: WebClient; proposal: Proposal },
): Promise<void> {
  const { caller, proposal } = o;
  const { pairId, role } = proposal;
  const { workspaceId } = caller;
  const person = await fetchPerson(o.client, { workspaceId, userId: proposal.person });
  const refuse = (message: string) => new UserFacingError(message, { field: 'person' });
  if (!person) throw refuse('Slack does not know this person here. Choose somebody else.');
  if (person.kind !== 'person')
    throw refuse(`${person.name} ${REFUSED_AS[person.kind]} Choose somebody else.`);
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId, to: 'onlookers.propose' });
    if (person.id === pair.executive.userId || person.id === pair.ea.userId)
      throw refuse('This is one of the two of you. Choose somebody else.');
    const problem = checkProposal(role, await stores.onlookers.listOfPair({ workspaceId, pairId }));
    if (problem) throw new UserFacingError(problem, { field: 'role' });
    const key = { workspaceId, pairId, userId: person.id };
    const of = { role, name: person.name, by: caller.userId, now: deps.now() };
    if (!(await stores.onlookers.propose(key, of)))
      throw refuse(`${person.name} looks on already, or is proposed.`);
    const onlooker = await stores.onlookers.find(key);
    if (onlooker) await showCards(stores, { pair, onlooker, state: 'proposed' });
  });
}

/** The other one of the two agrees: from now on the person may look on, if they are still there, and is told. */
export async function agreeToOnlooker(deps: Deps, o: Named & { client: WebClient }): Promise<void> {
  const { caller, pairId, userId } = o;
  const { workspaceId } = caller;
  await authorize(deps, caller, { pairId, to: 'onlookers.answer' });
  const proposed = await deps.onlookers.find({ workspaceId, pairId, userId });
  const person = proposed && (await fetchPerson(o.client, { workspaceId, userId }));
  if (person && person.kind !== 'person')
    throw new UserFacingError(`${person.name} ${REFUSED_AS[person.kind]} Nobody looks on by this.`);
  await deps.transact(async (stores) => {
    const { pair } = await authorize(stores, caller, { pairId, to: 'onlookers.answer' });
    const key = { workspaceId, pairId, userId };
    const onlooker = await stores.onlookers.find(key);
    if (!onlooker) throw new UserFacingError(GONE);
    if (onlooker.acceptedAt) throw new UserFacingError('Both of you agreed to this already.');
    if (onlooker.proposedBy === caller.userId)
      throw new UserFacingError('You proposed this, so the other one of you agrees.');
    const now = deps.now();
    if (!(await stores.onlookers.accept(key, { by: caller.userId, now })))
      throw new UserFacingError(GONE);
    await showCards(stores, { pair, onlooker, state: 'agreed' });
    await tell(stores, { pair, onlooker, isOver: false });
    const subject = { kind: 'person', id: userId } as const;
    const action = 'role.granted';
    await stores.audit.record({ workspaceId, actorId: caller.userId, action, subject, at: now });
  });
}

/** Either of the two declines, withdraws or removes; an onlooker can stop by themselves. */
export async function removeOnlooker(
  deps: Deps,
  o: Named & { to: 'onlookers.remove' | 'onlookers.leave' },
): Promise<void> {
  const { caller, pairId, userId } = o;
  const { workspaceId } = caller;
  await deps.transact(async (stores) => {
    const { pair } =
      o.to === 'onlookers.leave'
        ? await authorize(stores, caller, { pairId, to: o.to, ownerId: userId })
        : await authorize(stores, caller, { pairId, to: o.to });
    const key = { workspaceId, pairId, userId };
    const onlooker = await stores.onlookers.find(key);
    if (!onlooker || !(await stores.onlookers.remove(key))) throw new UserFacingError(GONE);
    await showCards(stores, { pair, onlooker, state: { endedBy: caller.userId } });
    if (!onlooker.acceptedAt) return;
    await tell(stores, { pair, onlooker, isOver: true });
    const subject = { kind: 'person', id: userId } as const;
    const at = deps.now();
    const action = 'role.removed';
    await stores.audit.record({ workspaceId, actorId: caller.userId, action, subject, at });
  });
}

const GONE = 'This person does not look on, or not any more.';

async function showCards(
  stores: Stores,
  o: { pair: Pair; onlooker: Onlooker; state: CardState },
): Promise<void> {
  const { pair, onlooker, state } = o;
  for (const { userId: readerId } of [pair.executive, pair.ea]) {
    await stores.outbox.show({
      workspaceId: pair.workspaceId,
      pairId: pair.id,
      key: `onlooker:${pair.id}:${onlooker.userId}:${onlooker.proposedAt.toMillis()}:${readerId}`,
      purpose: 'card',
      recipient: readerId,
      forBoth: true,
      message: buildProposalCard({ onlooker, readerId, state }),
    });
  }
}

async function tell(
  stores: Stores,
  o: { pair: Pair; onlooker: Onlooker; isOver: boolean },
): Promise<void> {
  const { pair, onlooker, isOver } = o;
  const names = `${mentionUser(pair.executive.userId)} and ${mentionUser(pair.ea.userId)}`;
  await stores.outbox.show({
    workspaceId: pair.workspaceId,
    pairId: pair.id,
    key: `onlooker:${pair.id}:${onlooker.userId}:${onlooker.proposedAt.toMillis()}:told`,
    purpose: 'card',
    recipient: onlooker.userId,
    message: buildOnlookerNotice({ onlooker, names, isOver }),
  });
}
