import type { WebClient } from '@slack/web-api';
import type { DateTime } from 'luxon';
import { authorize } from '../../access/index.ts';
import type { Deps, Stores } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import { isKnownZone } from '../../time/zones.ts';
import {
  type Agreement,
  checkMemberTerms,
  type MemberTerms,
  type Pair,
  type Role,
  roleOf,
  type Terms,
  weeklyHours,
} from '../domain.ts';
import type { Hours } from '../views/draft.ts';
import { fieldOf, type HoursCarried } from '../views/hours.ts';
import { checkChannel, checkPeople, checkStillTrue } from './people.ts';
import { showAgreement, showInChannel } from './show.ts';

/** Told when terms come into force for one person, such as the check-ins that then start. */
export type OnTermsInForce = (
  stores: Stores,
  o: { pair: Pair; role: Role; terms: MemberTerms; now: DateTime },
) => Promise<void>;

/**
 * Writes a proposal and shows it to both. The proposer has agreed by proposing: when nothing is in force yet, their
 * own check-ins start at once, the other's when they accept.
 */
export async function proposeAgreement(
  deps: Deps,
  o: {
    caller: Caller;
    client: WebClient;
    carried: HoursCarried;
    hours: Hours;
    onTermsInForce: OnTermsInForce;
  },
): Promise<Agreement> {
  const { caller, carried } = o;
  const { executive, ea } = await checkPeople({ caller, people: carried, client: o.client });
  await checkChannel(o.client, carried.channelId, { executive, ea });
  const terms: Terms = {
    channelId: carried.channelId,
    startedOn: carried.startedOn,
    engagement: carried.engagement,
    hoursPerMonth: carried.hoursPerMonth,
    executive: { ...o.hours.executive, userId: executive.id, name: executive.name },
    ea: { ...o.hours.ea, userId: ea.id, name: ea.name },
    tasks: o.hours.tasks,
  };
  checkTerms(terms);
  return await deps.transact(async (stores) => {
    const now = deps.now();
    const pair = await stores.pairs.ensure({ workspaceId: caller.workspaceId, terms, now });
    await stores.pairs.noteSlackZones(caller.workspaceId, [executive, ea]);
    const inForce = await stores.pairs.findInForce(pair);
    const { agreement, replaced } = await stores.pairs.propose(pair, {
      terms,
      by: caller.userId,
      now,
    });
    const subject = { kind: 'pair', id: pair.id } as const;
    const { workspaceId, userId: actorId } = caller;
    const entry = { workspaceId, actorId, action: 'agreement.proposed', subject, at: now } as const;
    await stores.audit.record(entry);
    for (const old of replaced) await showAgreement(stores, pair, { ...old, replacedAt: now });
    await showAgreement(stores, pair, agreement);
    const role = roleOf(pair, caller.userId);
    if (!inForce && role)
      await applyMember(stores, {
        pair,
        role,
        terms: terms[role],
        now,
        onTermsInForce: o.onTermsInForce,
      });
    return agreement;
  });
}

function checkTerms(terms: Terms): void {
  for (const role of ['executive', 'ea'] as const) {
    if (!isKnownZone(terms[role].zone)) {
      throw new UserFacingError(
        'I do not know this time zone. Type a city and choose from the list.',
        { field: fieldOf(role, 'zone') },
      );
    }
    const problem = checkMemberTerms(role, terms[role]).at(0);
    if (problem)
      throw new UserFacingError(problem.message, { field: fieldOf(role, problem.field) });
  }
}

/** Puts a proposal into force, once, by the one who did not propose it, when both are still there and in the channel. */
export async function acceptAgreement(
  deps: Deps,
  o: {
    caller: Caller;
    client: WebClient;
    pairId: string;
    version: number;
    onTermsInForce: OnTermsInForce;
  },
): Promise<void> {
  await checkAcceptable(deps, o);
  await deps.transact(async (stores) => {
    const { pairId } = o;
    const { pair } = await authorize(stores, o.caller, { pairId, to: 'agreement.accept' });
    const { workspaceId, userId } = o.caller;
    const agreement = await stores.pairs.findAgreement(workspaceId, {
      pairId: pair.id,
      version: o.version,
    });
    if (!agreement)
      throw new UserFacingError(
        'This proposal is not there any more. Type /ea-setup to see the current one.',
      );
    if (agreement.proposedBy === userId)
      throw new UserFacingError('You proposed this, so the other person accepts it.');
    const now = deps.now();
    if (!(await stores.pairs.accept(agreement, { by: userId, now }))) {
      throw new UserFacingError(
        agreement.acceptedAt
          ? 'This is already accepted.'
          : 'There is a newer proposal below. Please answer that one.',
      );
    }
    const { terms } = agreement;
    const accepted = { ...agreement, acceptedBy: userId, acceptedAt: now };
    await stores.pairs.applyTerms(pair, terms);
    for (const role of ['executive', 'ea'] as const) {
      await applyMember(stores, {
        pair,
        role,
        terms: terms[role],
        now,
        onTermsInForce: o.onTermsInForce,
      });
    }
    const subject = { kind: 'pair', id: pair.id } as const;
    const entry = { workspaceId, actorId: userId, action: 'agreement.accepted', subject } as const;
    await stores.audit.record({ ...entry, at: now });
    await showAgreement(stores, pair, accepted);
    await showInChannel(stores, pair, accepted);
  });
}

/** Asks Slack about a proposal that can be accepted; about any other one the transaction has its own sentence. */
async function checkAcceptable(
  deps: Deps,
  o: { caller: Caller; client: WebClient; pairId: string; version: number },
): Promise<void> {
  const { caller, client, version } = o;
  const { workspaceId, userId } = caller;
  const to = 'agreement.accept';
  const { pair } = await authorize(deps, caller, { pairId: o.pairId, to });
  const of = { pairId: pair.id, version };
  const agreement = await deps.pairs.findAgreement(workspaceId, of);
  if (!agreement || agreement.proposedBy === userId || agreement.acceptedAt) return;
  await checkStillTrue({ workspaceId, terms: agreement.terms, client });
}

async function applyMember(
  stores: Stores,
  o: { pair: Pair; role: Role; terms: MemberTerms; now: DateTime; onTermsInForce: OnTermsInForce },
): Promise<void> {
  const { pair, role, terms, now } = o;
  const { userId, name, zone } = terms;
  await stores.pairs.applyMember(pair.workspaceId, {
    userId,
    name,
    zone,
    weekly: weeklyHours(terms),
    now,
  });
  await o.onTermsInForce(stores, { pair, role, terms, now });
}
