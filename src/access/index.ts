export {
  ACTIONS,
  type Action,
  type Eligible,
  mayDo,
  PAIR_ROLES,
  type PairRole,
  PERMISSIONS,
} from './domain.ts';
export {
  authorize,
  authorizeAdmin,
  authorizeOwner,
  findRole,
  isAdmin,
  NO_SUCH_PAIR,
} from './flows.ts';
