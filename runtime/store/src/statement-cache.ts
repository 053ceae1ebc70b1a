/** A prepared statement; what it does is SQLite's business. */
export interface Statement {
  readonly reader: boolean;
}

/** The part of an SQLite connection that prepares statements. */
export interface Preparing<S extends Statement> {
  prepare(sql: string): S;
}

const mostStatements = 500;

/**
 * Lets a connection keep the statements it has prepared: knex asks for the same few texts again and again, and preparing costs more
 * than running them. The least recently used one goes when there are too many.
 */
export function keepStatements<S extends Statement>(connection: Preparing<S>): void {
  const prepare = connection.prepare.bind(connection);
  const known = new Map<string, S>();
  connection.prepare = sql => {
    const found = known.get(sql);
    if (found) {
      known.delete(sql);
      known.set(sql, found);
      return found;
    }
    const made = prepare(sql);
    known.set(sql, made);
    if (known.size > mostStatements) known.delete(known.keys().next().value ?? '');
    return made;
  };
}
