export { type Action, mayDo, type PairRole } from './domain.ts';
export {
  authorize,
  authorizeAdmin,
  authorizeOwner,
  isAdmin,
  listRoles,
  NO_SUCH_PAIR,
} from './flows.ts';
