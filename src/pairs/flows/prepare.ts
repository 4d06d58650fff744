import type { WebClient } from '@slack/web-api';
import { authorize, isAdmin } from '../../access/index.ts';
import type { Deps } from '../../deps.ts';
import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import type { Person } from '../../slack/people.ts';
import { escapeText } from '../../slack/text.ts';
import { resolveZone } from '../../time/zones.ts';
import { defaultMemberTerms, type MemberTerms, partnerOf, roleOf } from '../domain.ts';
import type { Hours, HoursDraft } from '../views/draft.ts';
import type { HoursCarried } from '../views/hours.ts';
import type { People, PeopleForm } from '../views/people.ts';
import { checkChannel, checkPeople } from './people.ts';

/** What the setup form starts with: the pair that is named or of this channel, or the caller's only pair, or empty. */
export async function prepareSetup(
  deps: Deps,
  o: {
    caller: Caller;
    client: WebClient;
    channelId?: string;
    pairId?: string | undefined;
  },
): Promise<PeopleForm> {
  const { caller } = o;
  const byAdmin = await isAdmin(o.client, caller);
  const pairs = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  const pair =
    pairs.find((one) => one.id === o.pairId || one.channelId === o.channelId) ??
    (pairs.length === 1 ? pairs[0] : undefined);
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
      pair: null,
      isAdmin: byAdmin,
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
    pair: { pairId: pair.id, partnerName: partnerOf(pair, caller.userId).name },
    isAdmin: byAdmin,
  };
}

/** Checks who and where with Slack, and finds the hours to start from: those typed before, those agreed on, else each one's Slack zone. */
export async function prepareHours(
  deps: Deps,
  o: { caller: Caller; people: People; client: WebClient; draft?: HoursDraft | undefined },
): Promise<{ carried: HoursCarried; hours: Hours; notices: string[] }> {
  const { caller, people, client } = o;
  const { executive, ea } = await checkPeople(o);
  await checkChannel(client, people.channelId, { executive, ea });
  const carried = { ...people, executiveName: executive.name, eaName: ea.name };
  const notices = await explainUnreachable(deps, { caller, people: [executive, ea] });
  const { draft } = o;
  if (draft?.executiveId === executive.id && draft.eaId === ea.id) {
    return { carried, hours: draft.hours, notices };
  }
  const live = await deps.pairs.listOf(caller.workspaceId, caller.userId);
  const pair = live.find((one) => one.executive.userId === executive.id && one.ea.userId === ea.id);
  const latest = pair && (await deps.pairs.findLatest(pair));
  if (latest) return { carried, hours: latest.terms, notices };
  const [forExecutive, forEa] = [startFrom(executive, ea), startFrom(ea, executive)];
  notices.push(...[forExecutive.notice, forEa.notice].filter((one) => one !== null));
  return { carried, hours: { executive: forExecutive.terms, ea: forEa.terms }, notices };
}

async function explainUnreachable(
  deps: Pick<Deps, 'pairs'>,
  o: { caller: Caller; people: readonly Person[] },
): Promise<string[]> {
  const ids = o.people.map(({ id }) => id);
  const unreachable = await deps.pairs.findUnreachable(o.caller.workspaceId, ids);
  return o.people
    .filter(({ id }) => unreachable.has(id))
    .map(
      ({ name }) =>
        `Slack does not let me send direct messages to ${escapeText(name)}: what I have for them appears in your channel.`,
    );
}

/** The first view again, with what was chosen in it and what was typed in the second one. */
export async function prepareBack(
  deps: Deps,
  o: { caller: Caller; client: WebClient; carried: HoursCarried; hours: Hours },
): Promise<PeopleForm> {
  const { caller, carried, hours } = o;
  const { role, partnerId, channelId, startedOn, engagement, hoursPerMonth } = carried;
  const ids = [caller.userId, partnerId] as const;
  const [executiveId, eaId] = role === 'executive' ? ids : [ids[1], ids[0]];
  const people = { role, partnerId, channelId, startedOn, engagement, hoursPerMonth };
  return { ...(await prepareSetup(deps, o)), ...people, draft: { executiveId, eaId, hours } };
}

/** The newest terms, to propose a change of them. */
export async function prepareChange(
  deps: Deps,
  caller: Caller,
  pairId: string,
): Promise<{ carried: HoursCarried; hours: Hours }> {
  const { pair, role } = await authorize(deps, caller, { pairId, to: 'agreement.propose' });
  const latest = await deps.pairs.findLatest(pair);
  if (!latest)
    throw new UserFacingError('There is no agreement to change yet. Type /ea-setup to make one.');
  const { executive, ea, channelId, startedOn, engagement, hoursPerMonth } = latest.terms;
  const partnerId = role === 'executive' ? ea.userId : executive.userId;
  const people = { role, partnerId, channelId, startedOn, engagement, hoursPerMonth };
  return {
    carried: { ...people, executiveName: executive.name, eaName: ea.name, isChange: true },
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
