import { appMethods } from './apps.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import type { MethodTable } from './method.ts';
import type { Tickets } from './tickets.ts';
import { userMethods } from './users.ts';
import { viewMethods } from './views.ts';

/** Every Web API method of the sandbox by name. */
export function createMethods(tickets: Tickets): MethodTable {
  return {
    ...appMethods(tickets),
    ...chatMethods,
    ...conversationMethods,
    ...userMethods,
    ...viewMethods,
  };
}
