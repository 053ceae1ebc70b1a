import {openAudit, verifyAudit} from '@banli/audit';
import type {Command} from '../command.js';
import {withInstallation} from '../open-store.js';

/** Checks the chain of the audit log. */
export const auditVerify: Command = {
  words: 'audit verify',
  takes: '',
  help: '检验审计日志：是否有记录被改动、删除或调换顺序；“？”为进程终止时正在写入的记录，请核对',
  run: (_args, {env, write}) =>
    withInstallation(env, async ({store, settings}) => {
      const report = await verifyAudit(store, await openAudit(store, settings.keysFolder));
      for (const fault of report.faults) write(`✗ ${fault.code} ${fault.what}`);
      for (const doubt of report.doubts) write(`？ ${doubt.code} ${doubt.what}`);
      write(report.good ? `✓ 审计日志完整：已检验 ${report.checked} 条，其中 ${report.unsealed} 条等待封存${report.doubts.length > 0 ? `，${report.doubts.length} 处存疑请核对` : ''}` : `✗ 审计日志有 ${report.faults.length} 处问题（已检验 ${report.checked} 条）`);
      return report.good ? 0 : 1;
    }),
};
