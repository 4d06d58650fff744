import { makeSecret } from '../ids.ts';

export type Tickets = {
  /** A one-time ticket for a WebSocket connection. */
  give(appId: string): string;
  /** The app of this ticket, which is worth nothing from now on. */
  redeem(ticket: string): string | undefined;
};

export function createTickets(): Tickets {
  const tickets = new Map<string, string>();
  return {
    give(appId) {
      const ticket = makeSecret();
      tickets.set(ticket, appId);
      return ticket;
    },
    redeem(ticket) {
      const appId = tickets.get(ticket);
      tickets.delete(ticket);
      return appId;
    },
  };
}
