import type { WebClient } from '@slack/web-api';
import type { DateTime } from 'luxon';
import type { Deps, Stores } from '../deps.ts';
import { UserFacingError } from '../errors.ts';
import type { Caller } from '../slack/caller.ts';
import { fetchChannel, fetchPerson, type Person } from '../slack/people.ts';
import { isKnownZone, resolveZone } from '../time/zones.ts';
import {
  type Agreement,
  checkMemberTerms,
  defaultMemberTerms,
  type MemberTerms,
  type Pair,
  type Role,
  roleOf,
  type Terms,
  weeklyHours,
} from './domain.ts';
import { buildAgreementCard, buildChannelCard } from './views/agreement.ts';
import {
  fieldOf,
  type Hours,
  type HoursCarried,
  type People,
  type PeopleForm,
} from './views/setup.ts';

/** Told when terms come into force for one person, such as the check-ins that then start. */
export type OnTermsInForce = (
  stores: Stores,
  o: { pair: Pair; role: Role; terms: MemberTerms; now: DateTime },
) => Promise<void>;

/** The caller's pair with this id. Rejects with a sentence when it is not theirs, is not there, or has ended. */
export async function loadPair(
  stores: Stores,
  caller: Caller,
  pairId: string,
): Promise<{ pair: Pair; role: Role }> {
  const pair = await stores.pairs.find(caller.workspaceId, pairId);
  const role = pair && roleOf(pair, caller.userId);
  if (!pair || !role) throw new UserFacingError('This belongs to a pair that you are not part of.');
  if (pair.endedAt)
    throw new UserFacingError(
      'You two no longer work together in Tandem, so this cannot be changed any more.',
    );
  return { pair, role };
}

/** What the setup form starts with: the pair of this channel, or the caller's only pair, or empty. */
export async function prepareSetup(
  deps: Deps,
  caller: Caller,
  channelId: string,
): Promise<PeopleForm> {
  const pairs = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  const pair =
    pairs.find((one) => one.channelId === channelId) ?? (pairs.length === 1 ? pairs[0] : undefined);
  if (!pair) {
    const member = await deps.pairs.findMember(caller.workspaceId, caller.userId);
    const today =
      deps
        .now()
        .setZone(member?.zone ?? 'utc')
        .toISODate() ?? '';
    return {
      role: 'executive',
      partnerId: null,
      channelId: null,
      startedOn: today,
      engagement: 'direct',
      hoursPerMonth: null,
    };
  }
  const latest = await deps.pairs.findLatest(pair);
  const terms = latest?.terms ?? pair;
  const role = roleOf(pair, caller.userId) ?? 'executive';
  return {
    role,
    partnerId: role === 'executive' ? pair.ea.userId : pair.executive.userId,
    channelId: terms.channelId,
    startedOn: terms.startedOn,
    engagement: terms.engagement,
    hoursPerMonth: terms.hoursPerMonth,
  };
}

/** Checks who and where with Slack, and finds the hours to start from: those agreed on, else each one's Slack zone. */
export async function prepareHours(
  deps: Deps,
  o: { caller: Caller; people: People; client: WebClient },
): Promise<{ carried: HoursCarried; hours: Hours; notices: string[] }> {
  const { caller, people, client } = o;
  const { executive, ea } = await checkPeople(o);
  await checkChannel(client, people.channelId);
  const carried = { ...people, executiveName: executive.name, eaName: ea.name };
  const live = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  const pair = live.find((one) => one.executive.userId === executive.id && one.ea.userId === ea.id);
  const latest = pair && (await deps.pairs.findLatest(pair));
  if (latest) return { carried, hours: latest.terms, notices: [] };
  const [forExecutive, forEa] = [startFrom(executive, ea), startFrom(ea, executive)];
  const notices = [forExecutive.notice, forEa.notice].filter((one) => one !== null);
  return { carried, hours: { executive: forExecutive.terms, ea: forEa.terms }, notices };
}

/** The newest terms, to propose a change of them. */
export async function prepareChange(
  deps: Deps,
  caller: Caller,
  pairId: string,
): Promise<{ carried: HoursCarried; hours: Hours }> {
  const { pair, role } = await loadPair(deps, caller, pairId);
  const latest = await deps.pairs.findLatest(pair);
  if (!latest)
    throw new UserFacingError('There is no agreement to change yet. Type /ea-setup to make one.');
  const { executive, ea, channelId, startedOn, engagement, hoursPerMonth } = latest.terms;
  const partnerId = role === 'executive' ? ea.userId : executive.userId;
  const people = { role, partnerId, channelId, startedOn, engagement, hoursPerMonth };
  return {
    carried: { ...people, executiveName: executive.name, eaName: ea.name },
    hours: latest.terms,
  };
}

function startFrom(person: Person, other: Person): { terms: MemberTerms; notice: string | null } {
  const { zone, notice } = resolveZone([
    { source: person.name, zone: person.zone },
    { source: other.name, zone: other.zone },
  ]);
  return { terms: defaultMemberTerms({ userId: person.id, name: person.name, zone }), notice };
}

async function checkPeople(o: {
  caller: Caller;
  people: People;
  client: WebClient;
}): Promise<Record<Role, Person>> {
  const { caller, people, client } = o;
  if (people.partnerId === caller.userId) {
    throw new UserFacingError('Choose the other person: an executive and an EA are two people.', {
      field: 'partner',
    });
  }
  const { workspaceId } = caller;
  const [me, partner] = await Promise.all([
    fetchPerson(client, { workspaceId, userId: caller.userId }),
    fetchPerson(client, { workspaceId, userId: people.partnerId }),
  ]);
  if (!partner)
    throw new UserFacingError('Slack does not know this person here. Choose somebody else.', {
      field: 'partner',
    });
  if (partner.kind !== 'person') {
    throw new UserFacingError(`${partner.name} ${REFUSED[partner.kind]} Choose somebody else.`, {
      field: 'partner',
    });
  }
  if (!me || me.kind !== 'person') {
    throw new UserFacingError(`Tandem can be set up only by a member of this workspace.`);
  }
  return people.role === 'executive'
    ? { executive: me, ea: partner }
    : { executive: partner, ea: me };
}

const REFUSED: Record<Exclude<Person['kind'], 'person'>, string> = {
  bot: 'is an app, not a person.',
  deactivated: 'has a deactivated Slack account and cannot receive messages.',
  outsider: 'belongs to another organisation, and Tandem cannot send them direct messages.',
};

async function checkChannel(client: WebClient, channelId: string): Promise<void> {
  const channel = await fetchChannel(client, channelId);
  const field = 'channel';
  if (!channel?.isMember) {
    throw new UserFacingError(
      'Tandem is not in this channel yet. Open the channel, type /invite @Tandem, then press Next again.',
      { field },
    );
  }
  if (channel.isArchived)
    throw new UserFacingError('This channel is archived. Choose another one.', { field });
  if (channel.isShared) {
    throw new UserFacingError(
      'This channel is shared with another organisation. Choose one that is only yours.',
      { field },
    );
  }
}

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
  await checkChannel(o.client, carried.channelId);
  const terms: Terms = {
    channelId: carried.channelId,
    startedOn: carried.startedOn,
    engagement: carried.engagement,
    hoursPerMonth: carried.hoursPerMonth,
    executive: { ...o.hours.executive, userId: executive.id, name: executive.name },
    ea: { ...o.hours.ea, userId: ea.id, name: ea.name },
  };
  checkTerms(terms);
  return await deps.transact(async (stores) => {
    const now = deps.now();
    const pair = await stores.pairs.ensure({ workspaceId: caller.workspaceId, terms, now });
    const inForce = await stores.pairs.findInForce(pair);
    const { agreement, replaced } = await stores.pairs.propose(pair, {
      terms,
      by: caller.userId,
      now,
    });
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

/** Puts a proposal into force, once, by the one who did not propose it. */
export async function acceptAgreement(
  deps: Deps,
  o: { caller: Caller; pairId: string; version: number; onTermsInForce: OnTermsInForce },
): Promise<void> {
  await deps.transact(async (stores) => {
    const { pair } = await loadPair(stores, o.caller, o.pairId);
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
          : 'A newer proposal has taken the place of this one. Look for it below.',
      );
    }
    const accepted = { ...agreement, acceptedBy: userId, acceptedAt: now };
    await stores.pairs.applyTerms(pair, agreement.terms);
    for (const role of ['executive', 'ea'] as const) {
      await applyMember(stores, {
        pair,
        role,
        terms: agreement.terms[role],
        now,
        onTermsInForce: o.onTermsInForce,
      });
    }
    await showAgreement(stores, pair, accepted);
    await stores.outbox.show({
      workspaceId,
      pairId: pair.id,
      key: `agreement:${pair.id}:channel:${agreement.terms.channelId}`,
      purpose: 'card',
      recipient: agreement.terms.channelId,
      message: buildChannelCard(accepted),
      tell: [pair.executive.userId, pair.ea.userId],
    });
  });
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

async function showAgreement(stores: Stores, pair: Pair, agreement: Agreement): Promise<void> {
  for (const reader of [agreement.terms.executive, agreement.terms.ea]) {
    await stores.outbox.show({
      workspaceId: pair.workspaceId,
      pairId: pair.id,
      key: `agreement:${pair.id}:${agreement.version}:${reader.userId}`,
      purpose: 'card',
      recipient: reader.userId,
      message: buildAgreementCard({ agreement, readerId: reader.userId, zone: reader.zone }),
    });
  }
}
