import {openAudit} from '@banli/audit';
import {createCatalogUses, storedReleases} from '@banli/cases';
import {hiddenFor, publishIn, readSources} from '@banli/catalogs';
import {systemClock} from '@banli/time';
import {readAll, sentence} from '../catalog-folder.js';
import type {Command} from '../command.js';
import {cliErrors} from '../errors.js';
import {withInstallation} from '../open-store.js';
import {operator} from '../operator.js';

/** Publishes catalogs from their text, all or none, without a review: for whoever runs the machine, and told to the audit log. */
export const catalogPublish: Command = {
  words: 'catalog publish',
  takes: '<文件夹>',
  help: '将目录（或其下全部目录）发布到本机安装，全部成功或全部不发布',
  run: ([folder], {env, write}) => {
    if (folder === undefined) throw cliErrors.ARGUMENT_MISSING({words: 'catalog publish', takes: '<folder>'});
    return withInstallation(env, async ({store, settings}) => {
      const read = await readSources(await readAll(folder));
      const audit = (await openAudit(store, settings.keysFolder)).log;
      const at = systemClock.now();
      const hidden = await hiddenFor(read, createCatalogUses({store, releases: storedReleases(store)}));
      const results = await store.tx(async tx => {
        const published = await publishIn(tx, read, operator.personId, at, hidden);
        for (const {catalogId, version} of published.filter(result => result.published)) await audit.record(tx, {actor: operator, action: 'catalogs.publishFolder', subject: catalogId, result: 'done', at, data: {version}});
        return published;
      });
      for (const result of results) {
        for (const warning of result.warnings) write(sentence(warning));
        write(`${result.published ? '✓ 已发布' : '· 未变'} ${result.catalogId} ${result.version}（自 ${result.effectiveFrom} 起）`);
      }
      return 0;
    });
  },
};
