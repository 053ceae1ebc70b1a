import {parseArgs} from 'node:util';
import {openAudit} from '@banli/audit';
import {createAccessTokens, type AccessToken, type AccessTokens} from '@banli/people';
import {dayOf, formatDate, systemClock} from '@banli/time';
import type {Command, CommandContext} from '../command.js';
import {cliErrors} from '../errors.js';
import {withInstallation} from '../open-store.js';
import {operator} from '../operator.js';

function withTokens(context: CommandContext, work: (tokens: AccessTokens) => Promise<number>): Promise<number> {
  return withInstallation(context.env, async ({store, settings}) => work(createAccessTokens({store, clock: systemClock, audit: (await openAudit(store, settings.keysFolder)).log})));
}

const day = (moment: number): string => formatDate(dayOf(moment));

/** Makes a token for an outside system; its secret is shown this once. */
export const tokenCreate: Command = {
  words: 'token create',
  takes: '<名称> --catalogs 目录,… [--area 区划] [--days 天数] [--per-minute 次数]',
  help: '为外部系统建立只读令牌（密钥只显示一次）',
  run: (args, context) => {
    const {name, values} = readOptions(args);
    return withTokens(context, async tokens => {
      const {token, secret} = await tokens.create(operator, {
        name, catalogs: values.catalogs.split(',').map(each => each.trim()).filter(each => each !== ''), areaCode: values.area ?? null, days: Number(values.days), perMinute: Number(values['per-minute']),
      });
      context.write(`✓ ${token.name}（${token.id}），${day(token.expiresAt)} 到期`);
      context.write(`密钥（只显示这一次）：${secret}`);
      return 0;
    });
  },
};

function readOptions(args: readonly string[]) {
  const wanted = cliErrors.ARGUMENT_MISSING({words: 'token create', takes: '<name> --catalogs <ids> [--area <code>] [--days <n>] [--per-minute <n>]'});
  try {
    const {values, positionals: [name, ...rest]} = parseArgs({args: [...args], allowPositionals: true, options: {catalogs: {type: 'string'}, area: {type: 'string'}, days: {type: 'string', default: '365'}, 'per-minute': {type: 'string', default: '60'}}});
    const {catalogs} = values;
    if (name === undefined || catalogs === undefined || rest.length > 0) throw wanted;
    return {name, values: {...values, catalogs}};
  } catch (error) {
    if (error instanceof TypeError) throw cliErrors.ARGUMENT_MISSING(wanted.details, {cause: error});
    throw error;
  }
}

/** Lists every token without its secret. */
export const tokenList: Command = {
  words: 'token list',
  takes: '',
  help: '列出外部系统的令牌、范围与最近使用',
  run: (_args, context) => withTokens(context, async tokens => {
    for (const token of await tokens.list()) context.write([token.id, token.name, stateOf(token), token.catalogs.join(','), token.areaCode ?? '全部区划', `${token.perMinute} 次/分`, token.lastUsedAt === null ? '未使用' : `最近 ${day(token.lastUsedAt)}`].join('\t'));
    return 0;
  }),
};

function stateOf(token: AccessToken): string {
  if (token.revokedAt !== null) return `${day(token.revokedAt)} 由${token.revokedByName ?? ''}吊销`;
  return `${day(token.expiresAt)} ${token.expiresAt <= systemClock.now() ? '已到期' : '到期'}`;
}

/** Ends a token at once. */
export const tokenRevoke: Command = {
  words: 'token revoke',
  takes: '<编号>',
  help: '吊销外部系统的令牌，立即失效',
  run: ([id], context) => {
    if (id === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'token revoke', takes: '<id>'});
    return withTokens(context, async tokens => {
      context.write(`✓ ${(await tokens.revoke(operator, id)).name} 已吊销`);
      return 0;
    });
  },
};
