import {openAudit} from '@banli/audit';
import {createAccounts, createLoginGuard, createPeople, createSessions, type Accounts, type People} from '@banli/people';
import {systemClock} from '@banli/time';
import type {Command, CommandContext} from '../command.js';
import {cliErrors} from '../errors.js';
import {withInstallation} from '../open-store.js';
import {operator} from '../operator.js';

function withPeople(context: CommandContext, work: (parts: {readonly people: People; readonly accounts: Accounts}) => Promise<number>): Promise<number> {
  return withInstallation(context.env, async ({store, settings}) => {
    const audit = (await openAudit(store, settings.keysFolder)).log;
    const sessions = createSessions(store, systemClock);
    return work({people: await createPeople(store), accounts: createAccounts({store, clock: systemClock, sessions, guard: createLoginGuard(store), audit})});
  });
}

/** Lists accounts with name, state, unit and roles. */
export const listAccounts: Command = {
  words: 'people list-accounts',
  takes: '',
  help: '列出账号、姓名、状态、机构与角色',
  run: (_args, context) =>
    withPeople(context, async ({people, accounts}) => {
      const states = {active: '正常', locked: '已锁定', disabled: '已停用'} as const;
      for (const account of await accounts.list()) {
        const person = people.person(account.personId);
        const posts = (person?.posts ?? []).map(post => `${people.unit(post.unitId)?.name ?? post.unitId}：${post.roles.map(role => people.role(role)?.title['zh-CN'] ?? role).join('、')}`);
        context.write([account.login, person?.name ?? '', states[account.status], posts.join('；')].join('\t'));
      }
      return 0;
    }),
};

/** Lifts a lock-out. */
export const unlock: Command = {
  words: 'people unlock',
  takes: '<账号>',
  help: '解除账号锁定',
  run: ([login], context) =>
    withPeople(context, async ({accounts}) => {
      if (login === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'people unlock', takes: '<account>'});
      const account = (await accounts.list()).find(candidate => candidate.login === login.toLowerCase());
      if (!account) throw cliErrors.ACCOUNT_UNKNOWN({login});
      await accounts.unlock(operator, account.personId);
      context.write(`✓ ${login} 已解除锁定`);
      return 0;
    }),
};
