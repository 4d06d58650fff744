/** The database cannot be used. The message is a complete sentence for the operator, without a stack. */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
}

/** The database has migrations that this version does not know. */
export class NewerDatabaseError extends DatabaseError {
  override readonly name = 'NewerDatabaseError';
}
