import {formatLimit} from '@banli/time';
import {chainOf} from '../chain-of.js';
import {findLimit} from '../find-limit.js';
import {limitOf} from '../issue/fields.js';
import {contentErrors} from './errors.js';
import {industryOf, limitParts} from './limit-coverage.js';
import {isSurelyLonger} from './limits.js';
import {inUse, newOnly} from './model.js';

/** The urgency of a matter that names none. */
const usual = 'normal';

/**
 * An item promises nothing longer than the limits give its matter, at the urgency the matter has of itself and in the level of its area.
 * @see Source: requirements/xinjiang-hotline.md §2.1.2, §2.1.10; that only what is surely longer is refused is own.
 */
export const itemLimitRule = newOnly(world => {
  const parts = limitParts(world);
  if (!parts) return [];
  const {matters, limits, areas, industries} = parts;
  return [...inUse(world.rows('items'))].flatMap(([key, row]) => {
    const matter = matters.tables.get('matters')?.byKey.get(row['matterCode'] ?? '')?.values;
    const mine = limitOf(row['limitValue'], row['limitUnit']);
    if (!matter || !mine) return [];
    const code = industryOf(matters, row['matterCode'] ?? '');
    const level = areas?.tables.get('areas')?.byKey.get(row['areaCode'] ?? '')?.values['level'] ?? null;
    const chain = code === undefined || !industries ? [] : chainOf(industries, code).map(each => each.key);
    const found = findLimit(limits, {group: matter['groupCode'] ?? '', urgency: matter['urgencyCode'] ?? usual, industries: chain, level}, 'resolve');
    if (!found || !isSurelyLonger(mine, found.limit)) return [];
    const details = {key, other: found.row, own: formatLimit(mine, 'en'), ownZh: formatLimit(mine, 'zh-CN'), theirs: formatLimit(found.limit, 'en'), theirsZh: formatLimit(found.limit, 'zh-CN')};
    return [{error: contentErrors.ITEM_LONGER(details), table: 'items', key, field: 'limitValue'}];
  });
});
