import { oauthMethods } from '../oauth/access.ts';
import type { Codes } from '../oauth/codes.ts';
import { appMethods } from './apps.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { fileMethods } from './files.ts';
import type { MethodTable } from './method.ts';
import { reactionMethods } from './reactions.ts';
import type { Tickets } from './tickets.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every Web API method of the sandbox by name. */
export function createMethods(o: { tickets: Tickets; codes: Codes }): MethodTable {
  return {
    ...appMethods(o.tickets),
    ...chatMethods,
    ...conversationMethods,
    ...userMethods,
    ...viewMethods,
    ...reactionMethods,
    ...fileMethods,
    ...oauthMethods(o.codes),
  };
}
