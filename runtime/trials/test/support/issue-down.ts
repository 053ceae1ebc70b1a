import {catalogIssueRoutes as routes} from '@banli/api';
import {signIn} from '../../src/person.js';

/** From the city down: who issues to the unit, who completes there and who confirms. */
export const levels = [
  {sender: 'qu.admin', from: 'u650000-centre', to: 'u650100-centre', writer: 'shi.zhiban', admin: 'shi.admin'},
  {sender: 'shi.admin', from: 'u650100-centre', to: 'u650102-centre', writer: 'ts.mulu', admin: 'ts.admin'},
  {sender: 'ts.admin', from: 'u650102-centre', to: 'u650102004', writer: 'jf.mulu', admin: 'jf.admin'},
  {sender: 'jf.admin', from: 'u650102004', to: 'u650102004003', writer: 'sxx.mulu', admin: 'sxx.admin'},
] as const;

/** A row that a unit overrides (`key`) or adds. */
export interface OwnRow {
  readonly table: string;
  readonly key?: string;
  readonly cells: Readonly<Record<string, string>>;
}

/** Takes a catalog one level down over HTTP: issued, verified, completed with a row where one is given, confirmed from a day on. */
export async function passDown({url, password, day}: {readonly url: () => string; readonly password: string; readonly day: string}, catalogId: string, level: (typeof levels)[number], row?: OwnRow): Promise<void> {
  const [sender, writer, admin] = await Promise.all([level.sender, level.writer, level.admin].map(account => signIn(url, account, password)));
  if (!sender || !writer || !admin) throw new Error('Nobody is signed in.');
  const {issues: [sent]} = await sender.call(routes.send, {params: {catalogId}, body: {fromUnitId: level.from, toUnitIds: [level.to]}});
  if (!sent) throw new Error('Nothing was issued.');
  const params = {issueId: sent.id};
  const {issue: verified} = await writer.call(routes.verify, {params, body: {lockVersion: sent.lockVersion}});
  const {issue} = row ? await writer.call(routes.put, {params, body: {lockVersion: verified.lockVersion, ...row}}) : {issue: verified};
  await admin.call(routes.confirm, {params, body: {lockVersion: issue.lockVersion, effectiveFrom: day, acceptWarnings: true}});
  await Promise.all([sender, writer, admin].map(person => person.close()));
}
