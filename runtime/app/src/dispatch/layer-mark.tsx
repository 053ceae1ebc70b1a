import {Tag} from 'antd';
import {useToolText} from '../texts/tools-hook.js';

/** Says that an area goes by the layer of its unit, also while a draft is looked at. */
export function LayerMark({layer}: {readonly layer: string | null}) {
  const t = useToolText();
  if (layer === null) return null;
  return <Tag className="app-layer-mark" title={t('dispatch.layerHelp', {layer})}>{t('dispatch.layer')}</Tag>;
}
