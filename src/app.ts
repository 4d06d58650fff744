import { App, type Receiver } from '@slack/bolt';
import { away, layOutCalendar } from './away/index.ts';
import { bridge, handoffKind, handoffRoutine } from './bridge/index.ts';
import { charter } from './charter/index.ts';
import { checkinKind, checkinRoutine, checkins } from './checkins/index.ts';
import { decisions } from './decisions/index.ts';
import { delegations, replanNotices } from './delegations/index.ts';
import type { Deps } from './deps.ts';
import { duties, dutyKind, planDuties } from './duties/index.ts';
import type { Feature } from './feature.ts';
import { help } from './help/index.ts';
import { home, showInHomes } from './home/index.ts';
import { onlookers } from './onlookers/index.ts';
import type { Metrics } from './operation/metrics.ts';
import { type OnTermsInForce, pairs, type RoutinesOf } from './pairs/index.ts';
import { privacy } from './privacy/index.ts';
import { reminderKind, reminders } from './reminders/index.ts';
import { repeats } from './repeats/index.ts';
import { routines } from './routines/index.ts';
import { toBoltLogger } from './slack/bolt-logger.ts';
import { webClientOptions } from './slack/clients.ts';
import { deliveries } from './slack/deliveries/index.ts';
import { guardEntrance } from './slack/entrance/gate.ts';
import type { DeedLimits } from './slack/entrance/limits.ts';
import { handleErrors } from './slack/error-handler.ts';
import { type InFlight, trackListeners } from './slack/in-flight.ts';
import { createInboundStore, handleOnce, inbound } from './slack/inbound/index.ts';
import type { Installations } from './slack/installations/domain.ts';
import { installations } from './slack/installations/index.ts';
import { authorizeWith, registerInstallationListeners } from './slack/installations/listeners.ts';
import { createSlackFetch } from './slack/outgoing.ts';
import { workload } from './workload/index.ts';

/** Everything that Tandem does, in the order in which `/ea help` lists it. */
export function listFeatures(): Feature[] {
  const features: Feature[] = [
    pairs({ routinesOf, onTermsInForce }),
    onlookers,
    checkins,
    decisions,
    delegations,
    bridge,
    reminders,
    away,
    charter({ onSigned: planDuties }),
    duties,
    workload,
    repeats,
    routines([checkinKind, reminderKind, dutyKind, handoffKind]),
    deliveries({ onRecorded: showInHomes }),
    inbound,
    installations,
  ];
  // Each of these looks at all that stand before it; privacy and Home also at those that come after.
  features.push(privacy(features));
  features.push(help(features));
  features.push(home(features));
  return features;
}

/** What recurs for each of the two by the agreement alone. */
const routinesOf: RoutinesOf = (terms) => [checkinRoutine(terms), handoffRoutine(terms)];

/** Agreed hours move a person's holidays and leave, and with these whatever is planned or to be said. */
const onTermsInForce: OnTermsInForce = async (stores, o) => {
  await layOutCalendar(stores, o);
  await replanNotices(stores, o);
};

/** Gives every feature's listeners to a Bolt app on this receiver. Nothing is connected yet. */
export function createApp(o: {
  deps: Deps;
  receiver: Receiver;
  installations: Installations;
  apiUrl: string;
  limits: DeedLimits;
  metrics: Metrics;
  features: readonly Feature[];
}): InFlight {
  const { deps } = o;
  const app = new App({
    receiver: o.receiver,
    clientOptions: webClientOptions(o.apiUrl, o.metrics.calledSlack),
    logger: toBoltLogger(deps.log),
    extendedErrorHandler: true,
    convoStore: false,
    authorize: (source, body) => authorizeWith(o.installations, source, body),
  });
  handleOnce(app, {
    store: createInboundStore(deps.database.prisma),
    now: deps.now,
    log: deps.log,
  });
  guardEntrance(app, {
    limits: o.limits,
    slack: deps.slack,
    fetch: createSlackFetch(o.apiUrl, o.metrics.calledSlack),
    metrics: o.metrics,
    log: deps.log,
  });
  const inFlight = trackListeners(app);
  handleErrors(app, deps);
  registerInstallationListeners(app, o.installations);
  for (const feature of o.features) feature.register?.(app, deps);
  return inFlight;
}
