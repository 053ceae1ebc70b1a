import {openAudit} from '@banli/audit';
import {createCatalogLife, createLayerUses} from '@banli/catalogs';
import {systemClock} from '@banli/time';
import type {Command} from '../command.js';
import {cliErrors} from '../errors.js';
import {withInstallation} from '../open-store.js';
import {operator} from '../operator.js';

/** Withdraws a version before it takes effect: for whoever runs the machine, and told to the audit log. A running server sees it within a second. */
export const catalogWithdraw: Command = {
  words: 'catalog withdraw',
  takes: '<目录> <版本> <原因>',
  help: '在生效前撤回已发布的版本（保留为历史）',
  run: ([catalogId, version, ...reason], {env, write}) => {
    if (catalogId === undefined || version === undefined || reason.length === 0) throw cliErrors.ARGUMENT_MISSING({words: 'catalog withdraw', takes: '<catalog> <version> <reason>'});
    return withInstallation(env, async ({store, settings}) => {
      const life = createCatalogLife({
        store, clock: systemClock, audit: (await openAudit(store, settings.keysFolder)).log, rights: {may: () => true},
        references: {uses: () => Promise.resolve([]), ...createLayerUses(store)}, onPublished: () => Promise.resolve(),
      });
      await life.withdraw(operator, {catalogId, version, reason: reason.join(' ')});
      write(`✓ 已撤回 ${catalogId} ${version}`);
      return 0;
    });
  },
};
