import {sourceWords} from '../case/source-words.js';
import {useGuidanceText} from '../texts/guidance-hook.js';
import type {GuidanceKey} from '../texts/guidance-zh-cn.js';
import {useText} from '../texts/hook.js';

/** Where it stands: the list with its version, and the source of the row. */
export function Origin({list, version, source, row}: {readonly list: GuidanceKey; readonly version: string; readonly source: string; readonly row: string}) {
  const t = useGuidanceText();
  const words = useText();
  return <span className="banli-secondary" title={row}>{t('origin', {list: t(list), version, source: sourceWords(source, words)})}</span>;
}
