/** The command line does not say what to do. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

export const USAGE = `npm run admin -- deliveries list [--state STATE] [--workspace ID] [--error WORD] [--limit N]
npm run admin -- deliveries show ID
npm run admin -- deliveries resend ID...
npm run admin -- deliveries resend --all --error WORD [--workspace ID]

Messages that could not be delivered. list shows failed ones unless --state names another state or "all"; it never
shows what a message says, only show does. resend sends failed ones again.

The database is the one that DATABASE_URL or DATA_DIR names. An embedded one can be used by one process at a time, so
stop Tandem first.`;
