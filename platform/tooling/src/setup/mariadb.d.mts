/** A MariaDB of the tests: `mysql://user:password@127.0.0.1:port` with all rights, without a schema. */
export function startMariadb(): Promise<{readonly url: string; stop(): Promise<void>}>;
/** Installs a Debian package, or says how. */
export function installDebian(name: string, otherwise?: string): Promise<void>;
/** A port of loopback that is free now. */
export function freePort(): Promise<number>;
