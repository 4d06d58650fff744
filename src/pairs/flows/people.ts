import type { WebClient } from '@slack/web-api';
import { UserFacingError } from '../../errors.ts';
import type { Caller } from '../../slack/caller.ts';
import {
  fetchChannel,
  fetchMembers,
  fetchPerson,
  type Person,
  REFUSED_AS,
} from '../../slack/people.ts';
import type { Role, Terms } from '../domain.ts';
import type { People } from '../views/people.ts';

/** The two people as Slack knows them. Rejects with a sentence when they cannot be a pair. */
export async function checkPeople(o: {
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
    throw new UserFacingError(`${partner.name} ${REFUSED_AS[partner.kind]} Choose somebody else.`, {
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

/** Rejects with a sentence when check-ins could not be posted there, or would be read by others than the two. */
export async function checkChannel(
  client: WebClient,
  channelId: string,
  o: Record<Role, Pick<Person, 'id' | 'name'>> & { button?: 'Next' | 'Accept' },
): Promise<void> {
  const { button = 'Next' } = o;
  const another =
    button === 'Next' ? 'Choose another one.' : 'Propose a change, with another channel.';
  const channel = await fetchChannel(client, channelId);
  const field = 'channel';
  if (!channel?.isMember) {
    throw new UserFacingError(
      `Tandem is not in this channel${button === 'Next' ? ' yet' : ''}. Open the channel, type /invite @Tandem, then press ${button} again.`,
      { field },
    );
  }
  if (channel.isArchived)
    throw new UserFacingError(`This channel is archived. ${another}`, { field });
  if (channel.isShared) {
    throw new UserFacingError(
      `This channel is shared with another organisation. ${button === 'Next' ? 'Choose one that is only yours.' : another}`,
      { field },
    );
  }
  const members = await fetchMembers(client, channelId);
  const missing = [o.executive, o.ea].filter(({ id }) => !members.has(id));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(' and ');
    throw new UserFacingError(
      `Not a member of this channel: ${names}. Add them there first, or choose a channel that you are both in.`,
      { field },
    );
  }
}

/**
 * What was true of a proposal may have changed until it is accepted: rejects with a sentence when one of the two or
 * their channel could not be chosen any more.
 */
export async function checkStillTrue(o: {
  workspaceId: string;
  terms: Pick<Terms, 'channelId' | Role>;
  client: WebClient;
}): Promise<void> {
  const { workspaceId, terms, client } = o;
  for (const { userId, name } of [terms.executive, terms.ea]) {
    const person = await fetchPerson(client, { workspaceId, userId });
    if (person?.kind === 'person') continue;
    const why = person ? REFUSED_AS[person.kind] : 'is not in this workspace any more.';
    throw new UserFacingError(`${name} ${why} So nothing was accepted.`);
  }
  const people = {
    executive: { id: terms.executive.userId, name: terms.executive.name },
    ea: { id: terms.ea.userId, name: terms.ea.name },
  };
  await checkChannel(client, terms.channelId, { ...people, button: 'Accept' });
}
