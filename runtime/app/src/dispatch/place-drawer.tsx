import type {LocalizedText} from '@banli/formats';
import {useJoints, useLocalize, useReturnFocus} from '@banli/ui';
import {Button, Drawer} from 'antd';
import {useState} from 'react';
import {Link} from 'react-router-dom';
import {EditRow} from '../catalogs/edit-row.js';
import type {TableForm} from '../catalogs/use-catalog-form.js';
import {useCan} from '../session/session-context.js';
import {useToolText} from '../texts/tools-hook.js';
import {useUnitNames} from '../frame/use-unit-name.js';
import {ruleAddress, ruleCatalog} from './rule-address.js';

/** A matter in an area, and what the rules say of it. */
export interface Place {
  readonly kind: 'one' | 'partial' | 'several' | 'none' | 'nobody';
  readonly matterCode: string;
  readonly matter: LocalizedText;
  readonly areaCode: string;
  readonly area: LocalizedText;
  readonly units: ReadonlyArray<{readonly id: string; readonly name: string}>;
  readonly row: string | null;
  /** Rules that ask for attributes of the order, and kinds of orders that none of them fits. */
  readonly special?: number;
  readonly lacks: readonly LocalizedText[];
}

/** What the rules say of one matter in one area, the way to the rule, and a new rule for just this place. */
export function PlaceDrawer({place, table, onClose}: {readonly place: Place; readonly table: TableForm | undefined; readonly onClose: () => void}) {
  useReturnFocus();
  const unitNames = useUnitNames();
  const t = useToolText();
  const joints = useJoints();
  const localize = useLocalize();
  const canEdit = useCan('catalogs.edit');
  const [isAdding, setAdding] = useState(false);
  return (
    <Drawer open width={480} title={`${localize(place.matter)} · ${localize(place.area)}`} onClose={onClose} extra={canEdit && table ? <Button type="primary" onClick={() => setAdding(true)}>{t('dispatch.addRule')}</Button> : null}>
      <p><span className={`app-cover app-cover-${place.kind}`}>{t(`dispatch.kind.${place.kind}`)}</span></p>
      <p>{t(`dispatch.kindHelp.${place.kind}`)}</p>
      <dl className="app-catalog-cells">
        <div><dt>{t('dispatch.matter')}</dt><dd>{localize(place.matter)} <span className="banli-secondary app-number">{place.matterCode}</span></dd></div>
        <div><dt>{t('dispatch.area')}</dt><dd>{localize(place.area)} <span className="banli-secondary app-number">{place.areaCode}</span></dd></div>
        <div><dt>{t('dispatch.units')}</dt><dd>{place.units.length === 0 ? t('dispatch.noUnits') : unitNames(place.units)}</dd></div>
        {place.lacks.length > 0 ? <div><dt>{t('dispatch.lacks')}</dt><dd>{joints.statements(place.lacks.map(localize))}</dd></div> : null}
        <div><dt>{t('dispatch.rule')}</dt><dd>{place.row === null ? t('dispatch.noRule') : <Link title={place.row} to={ruleAddress(place.row)}>{t('dispatch.openRule')}</Link>}{place.special ? <span className="banli-secondary"> {t('dispatch.special', {count: place.special})}</span> : null}</dd></div>
      </dl>
      {isAdding && table ? <EditRow catalogId={ruleCatalog} table={table} edited={{op: 'add', cells: {matterCode: place.matterCode, areaCode: place.areaCode}}} onEnd={() => setAdding(false)} /> : null}
    </Drawer>
  );
}
