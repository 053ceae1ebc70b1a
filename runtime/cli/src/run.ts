import {errorText, isAppError} from '@banli/errors';
import {sentence} from './catalog-folder.js';
import {auditVerify} from './commands/audit-verify.js';
import {catalogCheck, catalogDiff, catalogFormat} from './commands/catalog-text.js';
import {catalogExport, catalogImport} from './commands/catalog-excel.js';
import {catalogLog} from './commands/catalog-log.js';
import {catalogPull} from './commands/catalog-pull.js';
import {catalogPublish} from './commands/catalog-publish.js';
import {catalogWithdraw} from './commands/catalog-withdraw.js';
import {check} from './commands/check.js';
import {doctor} from './commands/doctor.js';
import {listAccounts, unlock} from './commands/people.js';
import {tokenCreate, tokenList, tokenRevoke} from './commands/tokens.js';
import type {Command, CommandContext} from './command.js';
import {cliErrors} from './errors.js';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [doctor, check, catalogCheck, catalogFormat, catalogDiff, catalogImport, catalogExport, catalogLog, catalogPull, catalogPublish, catalogWithdraw, auditVerify, listAccounts, unlock, tokenCreate, tokenList, tokenRevoke];

/**
 * Runs one command line.
 *
 * @param args - The words after `banli`.
 * @returns The exit code: 0 good, 1 something is wrong, 2 the command line itself is.
 */
export async function run(args: readonly string[], context: CommandContext): Promise<number> {
  if (args.length === 0 || args[0] === 'help' || args[0] === '--help') {
    context.write('用法：banli <命令>');
    for (const command of commands) context.write(`  ${`${command.words} ${command.takes}`.trim().padEnd(28)} ${command.help}`);
    return 0;
  }
  try {
    const command = commands.find(candidate => candidate.words.split(' ').every((word, index) => args[index] === word));
    if (!command) throw cliErrors.COMMAND_UNKNOWN({words: args.slice(0, 2).join(' ')});
    return await command.run(args.slice(command.words.split(' ').length), context);
  } catch (error) {
    if (!isAppError(error)) throw error;
    context.write(`✗ ${errorText(error.code, 'zh-CN', error.details) ?? error.message}`);
    for (const problem of error.problems.slice(0, 20)) context.write(`  ${sentence(problem)}`);
    return error.code.startsWith('CLI_') && error.status === 400 ? 2 : 1;
  }
}
