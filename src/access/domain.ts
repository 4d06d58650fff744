/** What somebody is to a pair. */
export type PairRole = 'executive' | 'ea' | 'manager' | 'observer';

/** An admin is an admin or owner of the Slack workspace, in the pair or not. */
export type Eligible = PairRole | 'admin';

type Permission = {
  may: readonly Eligible[];
  /** Ends the sentence "Only Ana Reyes can ...". */
  does: string;
  /** Only the one of them whose record it is. */
  own?: true;
  /** Still possible after the pair has ended. */
  afterEnd?: true;
};

const BOTH = ['executive', 'ea'] as const;
const PAIR_AND_MANAGER = ['executive', 'ea', 'manager'] as const;
const EVERYBODY = ['executive', 'ea', 'manager', 'observer'] as const;

/** Who may see and do what: the only place that says so. */
export const PERMISSIONS = {
  'agreement.read': { may: PAIR_AND_MANAGER, does: 'read this agreement' },
  'agreement.propose': { may: BOTH, does: 'propose a change of this agreement' },
  'agreement.accept': { may: BOTH, does: 'accept this agreement' },
  'cards.read': { may: EVERYBODY, does: 'read the cards of this pair' },
  'onlookers.read': { may: EVERYBODY, does: 'see who looks on' },
  'onlookers.propose': { may: BOTH, does: 'choose who looks on' },
  'onlookers.answer': { may: BOTH, does: 'agree to who looks on' },
  'onlookers.remove': { may: BOTH, does: 'remove somebody who looks on' },
  'onlookers.leave': { may: ['manager', 'observer'], does: 'stop looking on', own: true },
  'pairs.end': { may: ['executive', 'ea', 'admin'], does: 'end this pair' },
  'pairs.restore': {
    may: ['executive', 'ea', 'admin'],
    does: 'take this back',
    own: true,
    afterEnd: true,
  },
  'pairs.export': { may: BOTH, does: 'export the records of this pair', afterEnd: true },
  'pairs.erase': { may: BOTH, does: 'erase the records of this pair', afterEnd: true },

  'checkins.write': { may: BOTH, does: 'change this check-in', own: true },
  'checkins.read': { may: BOTH, does: 'read these check-ins' },
  'checkins.comment': { may: BOTH, does: 'comment on this check-in' },
  'routines.control': { may: BOTH, does: 'change how they are asked', own: true },

  'reminders.give': { may: BOTH, does: 'give reminders in this pair' },
  'reminders.read': { may: BOTH, does: 'see this reminder' },
  'reminders.answer': { may: BOTH, does: 'answer this reminder', own: true },
  'reminders.change': { may: BOTH, does: 'change this reminder', own: true },
  'reminders.pause': { may: BOTH, does: 'pause this reminder' },
  'reminders.consent': { may: BOTH, does: 'say what reaches them', own: true },

  'leave.read': { may: BOTH, does: 'see who is away' },
  'leave.change': { may: BOTH, does: 'change this leave', own: true },
  'holidays.share': { may: BOTH, does: 'take over this day off' },

  'delegations.create': { may: BOTH, does: 'hand over work in this pair' },
  'delegations.read': { may: PAIR_AND_MANAGER, does: 'read this task' },
  'delegations.edit': { may: BOTH, does: 'change this task' },
  'delegations.accept': { may: ['ea'], does: 'accept this task' },
  'delegations.ask': { may: ['ea'], does: 'ask about this task' },
  'delegations.answer': { may: ['executive'], does: 'answer this question' },
  'delegations.work': { may: ['ea'], does: 'say how far this task is' },
  'delegations.deliver': { may: ['ea'], does: 'deliver this task' },
  'delegations.close': { may: ['executive'], does: 'close or reopen this task' },
  'delegations.rate': { may: ['executive'], does: 'rate this task' },
  'ratings.read': { may: BOTH, does: 'see how tasks were rated' },
  'delegations.delete': { may: BOTH, does: 'delete this task' },

  'decisions.ask': { may: ['ea'], does: 'ask for a decision' },
  'decisions.answer': { may: ['executive'], does: 'decide this' },
  'decisions.edit': { may: ['ea'], does: 'change this question' },
  'decisions.act': { may: ['ea'], does: 'say that this was acted on' },
  'decisions.withdraw': { may: ['ea'], does: 'withdraw this question' },
  'decisions.read': { may: BOTH, does: 'read this decision' },

  'charter.read': { may: PAIR_AND_MANAGER, does: 'read this charter' },
  'charter.edit': { may: BOTH, does: 'change this charter' },
  'charter.accept': { may: BOTH, does: 'accept this charter' },
  'duties.finish': { may: ['executive'], does: 'mark this duty as done' },
  'workload.read': { may: PAIR_AND_MANAGER, does: 'see this workload' },
  'workload.answer': { may: ['executive'], does: 'say what gives way' },
  'handover.read': { may: ['executive'], does: 'see how clearly work is handed over' },
  'time.log': { may: ['ea'], does: 'log time' },
  'hours.edit': { may: BOTH, does: 'choose how hours are counted' },
  'zones.read': { may: PAIR_AND_MANAGER, does: 'see these zones' },
  'zones.edit': { may: ['executive'], does: 'change these zones' },

  'pairs.list': { may: ['admin'], does: 'list the pairs of this workspace' },
  'settings.export': { may: ['admin'], does: 'export the settings of this workspace' },
  'retention.change': { may: ['admin'], does: 'choose how long records are kept' },
  'audit.read': { may: ['admin'], does: 'read the audit log' },
} as const satisfies Record<string, Permission>;

export type Action = keyof typeof PERMISSIONS;

export const ACTIONS = Object.keys(PERMISSIONS) as Action[];

/** Who can come out of a check of this action. */
export type RoleFor<A extends Action> = (typeof PERMISSIONS)[A]['may'][number];

/** Actions on a record that belongs to one person. */
export type OwnAction = {
  [A in Action]: (typeof PERMISSIONS)[A] extends { own: true } ? A : never;
}[Action];

export function permissionOf(action: Action): Permission {
  return PERMISSIONS[action];
}

export function mayDo<A extends Action>(role: Eligible, action: A): role is RoleFor<A> {
  return permissionOf(action).may.includes(role);
}

/** Names of those who are known by name; the others are described. */
export type NamedPair = { executive: { name: string }; ea: { name: string } };

/** "Only Dana Whitfield (executive) or Ana Reyes (EA) can end this pair." */
export function explainRefusal(action: Action, pair: NamedPair | null): string {
  const { may, does } = permissionOf(action);
  const who = may.map((role) => describe(role, pair));
  const last = who.at(-1) ?? 'nobody';
  const names = who.length > 1 ? `${who.slice(0, -1).join(', ')} or ${last}` : last;
  return `Only ${names} can ${does}.`;
}

/** "Only Ana Reyes can change this check-in." Null: somebody whose name is not for the reader. */
export function explainNotOwn(action: OwnAction, ownerName: string | null): string {
  return `Only ${ownerName ?? 'the person it belongs to'} can ${permissionOf(action).does}.`;
}

function describe(role: Eligible, pair: NamedPair | null): string {
  switch (role) {
    case 'executive':
      return pair ? `${pair.executive.name} (executive)` : 'the executive';
    case 'ea':
      return pair ? `${pair.ea.name} (EA)` : 'the EA';
    case 'manager':
      return 'the agency manager';
    case 'observer':
      return 'an observer';
    case 'admin':
      return 'an admin of this workspace';
  }
}
