/** Where a command reads its settings and writes its lines; tests pass their own. */
export interface CommandContext {
  readonly env: NodeJS.ProcessEnv;
  write(line: string): void;
}

/** One command: its words (`audit verify`), what it takes, what it does. Answers the exit code: 0 good, 1 something is wrong. */
export interface Command {
  readonly words: string;
  readonly takes: string;
  readonly help: string;
  run(args: readonly string[], context: CommandContext): Promise<number>;
}
