import type {AnswerOf, dispatchRoutes} from '@banli/api';
import {useJoints, useLocalize} from '@banli/ui';
import {Collapse} from 'antd';
import {Link} from 'react-router-dom';
import {useUnitName, useUnitNames} from '../frame/use-unit-name.js';
import {useToolText} from '../texts/tools-hook.js';
import {ruleAddress} from './rule-address.js';

/** Leads that the duty list does not bear out: what the rule says, what the list says, and the way to both. */
export function DutyConflicts({duties: {total, conflicts}}: Pick<AnswerOf<typeof dispatchRoutes.coverage>, 'duties'>) {
  const t = useToolText();
  const joints = useJoints();
  const localize = useLocalize();
  const unitName = useUnitName();
  const unitNames = useUnitNames();
  if (total === 0) return <p className="banli-secondary">{t('duties.none')}</p>;
  const list = (
    <ul className="app-plain-list app-tool-scroll" tabIndex={0} aria-label={t('duties.title', {count: total})}>
      {conflicts.map(({kind, lead, matterCode, matter, areaCode, area, unit, duties}) => (
        <li key={`${lead} ${matterCode} ${areaCode}`}>
          <span className="app-mark">{t(`duties.${kind}`)}</span> <Link to={ruleAddress(lead)} title={lead}>{localize(matter)} · {localize(area)}</Link>{' '}
          {t('duties.lead', {unit: unitName(unit.name)})}
          {duties.length > 0 ? <> <Link to={`/catalogs/duties?tab=rows&code=${encodeURIComponent(duties[0]?.code ?? '')}`} title={joints.list(duties.map(duty => duty.code))}>{t('duties.list', {units: unitNames(duties.map(duty => duty.unit))})}</Link></> : null}
        </li>
      ))}
      {total > conflicts.length ? <li>{t('duties.more', {count: total - conflicts.length})}</li> : null}
    </ul>
  );
  return <Collapse size="small" className="app-duty-conflicts" items={[{key: 'duties', label: t('duties.title', {count: total}), children: <><p className="banli-secondary">{t('duties.help')}</p>{list}</>}]} />;
}
