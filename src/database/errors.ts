/** The database cannot be used. The message is a complete sentence for the operator, without a stack. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}
