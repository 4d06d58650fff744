export { type Action, mayDo, type PairRole } from './domain.ts';
export {
  authorize,
  authorizeAdmin,
  authorizeOwner,
  isAdmin,
  listRoles,
  NO_SUCH_PAIR,
  NOT_SET_UP,
} from './flows.ts';
