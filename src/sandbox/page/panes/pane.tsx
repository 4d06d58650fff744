import type { ConfirmationDialog } from '@slack/types';
import { useEffect, useMemo, useState } from 'react';
import type { ChannelState, PersonState, TeamState } from '../../index.ts';
import { ChannelView } from '../channels/channel-view.tsx';
import { HomeView } from '../channels/home-view.tsx';
import { ConfirmDialog } from '../modals/confirm-dialog.tsx';
import { Modal } from '../modals/modal.tsx';
import { Toasts, useComplaints } from '../toasts/toasts.tsx';
import { RefusedError, sendAction } from '../workspace/api.ts';
import { PersonContext, type PersonContextValue, type Place } from '../workspace/person-context.ts';
import { PaneHead } from './pane-head.tsx';
import { Sidebar } from './sidebar.tsx';

type Question = { dialog: ConfirmationDialog; answer: (agreed: boolean) => void };

/** One person in front of the workspace. */
export function Pane(o: {
  side: 0 | 1;
  team: TeamState;
  person: PersonState;
  people: PersonState[];
  nowMs: number;
  onPerson: (id: string) => void;
}) {
  const { team, person } = o;
  const [place, setPlace] = useState<Place>(() => firstPlace(person));
  const [isListOpen, setIsListOpen] = useState(false);
  const [question, setQuestion] = useState<Question | null>(null);
  const { complaints, complain, forget } = useComplaints();

  const context = useMemo(
    (): PersonContextValue => ({
      team,
      person,
      nowMs: o.nowMs,
      zone: person.zone ?? 'UTC',
      async act(deed) {
        try {
          return await sendAction({ ...deed, team: team.id, user: person.id });
        } catch (error) {
          complain(error instanceof RefusedError ? error.message : String(error));
          return null;
        }
      },
      ask: (dialog) =>
        new Promise((resolve) => {
          setQuestion({
            dialog,
            answer(agreed) {
              setQuestion(null);
              resolve(agreed);
            },
          });
        }),
      show(to) {
        setPlace(to);
        setIsListOpen(false);
      },
    }),
    [team, person, o.nowMs, complain],
  );

  const channel = place.kind === 'channel' ? channelAt(person, place.id) : undefined;
  useReading(context, channel);

  const modal = person.modals.at(-1);
  const isCovered = modal !== undefined || question !== null;
  return (
    <PersonContext value={context}>
      <section className="pane" data-side={o.side} aria-label={person.name}>
        <PaneHead
          people={o.people}
          isListOpen={isListOpen}
          onPerson={o.onPerson}
          onList={() => setIsListOpen(!isListOpen)}
        />
        <div className="pane-body" inert={isCovered} data-list={isListOpen ? 'open' : 'closed'}>
          <Sidebar place={place} current={channel} />
          {place.kind === 'home' ? (
            <HomeView appId={place.app} />
          ) : channel ? (
            <ChannelView key={channel.id} channel={channel} thread={place.thread} />
          ) : (
            <p className="nothing">
              {place.id === '' ? `${person.name} is in no channel.` : 'Opening …'}
            </p>
          )}
        </div>
        {modal && (
          <div inert={question !== null}>
            <Modal key={modal.id} modal={modal} depth={person.modals.length} />
          </div>
        )}
        {question && <ConfirmDialog {...question} />}
        <Toasts complaints={complaints} onForget={forget} />
      </section>
    </PersonContext>
  );
}

/** The channel of this id or name. One that the person left gives way to their first one. */
function channelAt(person: PersonState, id: string): ChannelState | undefined {
  const found = person.channels.find((one) => one.id === id || one.name === id);
  const isBeingMade = id.startsWith('@') || id === '';
  return found ?? (isBeingMade ? undefined : person.channels[0]);
}

function firstPlace(person: PersonState): Place {
  const first = person.channels.find((channel) => channel.kind === 'private') ?? person.channels[0];
  return { kind: 'channel', id: first?.id ?? '', thread: null };
}

/** Whoever looks at a channel has read it. */
function useReading(
  context: PersonContextValue,
  channel: { id: string; unread: number } | undefined,
): void {
  const id = channel?.id;
  const isUnread = (channel?.unread ?? 0) > 0;
  const { act } = context;
  const [isSeen, setIsSeen] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setIsSeen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  useEffect(() => {
    if (id !== undefined && isUnread && isSeen) void act({ do: 'read', channel: id, wait: false });
    // `act` is left out: reading is told once for each time that something is unread.
  }, [id, isUnread, isSeen]);
}
