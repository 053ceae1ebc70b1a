import type {ClockTexts} from '@banli/deadlines';
import {afterQuietHours, type QuietHours, type Sms} from '@banli/messages';
import {readPhones} from '@banli/people';
import type {CaseVault} from '@banli/cases';

/** Sends what clocks tell to the phones of those whom it concerns; outside of quiet hours, unless it would come too late. Who has no number gets the notice alone. */
export function createClockTexts({sms, vault, quiet}: {readonly sms: Pick<Sms, 'send'>; readonly vault: Pick<CaseVault, 'open'>; readonly quiet: QuietHours | null}): ClockTexts {
  return {
    async send(tx, {key, personIds, kind, caseId, title, body, dueAt, at}) {
      const notBefore = afterQuietHours(quiet, at, dueAt);
      for (const [personId, phone] of await readPhones(tx, vault, personIds)) {
        await sms.send(tx, {key: `${key}:${personId}`, phone, text: `${title['zh-CN']}：${body['zh-CN']}`, params: {title: title['zh-CN'], body: body['zh-CN']}, kind, caseId, at, title, personId, notBefore});
      }
    },
  };
}
