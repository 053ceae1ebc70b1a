import type {GuidanceJson} from '@banli/api';
import {useLocalize} from '@banli/ui';
import {useGuidanceText} from '../texts/guidance-hook.js';
import {Origin} from './origin.js';

type Material = GuidanceJson['items'][number]['materials'][number];

/** The materials that an item asks for: when each is wanted, how it comes, what spares it, and what is looked at in it. */
export function MaterialList({materials}: {readonly materials: readonly Material[]}) {
  const t = useGuidanceText();
  const [first, ...others] = materials;
  if (first === undefined) return null;
  // Most materials of an item come from one place: then it is told once.
  const isShared = others.every(({source, version}) => source === first.source && version === first.version);
  return (
    <section className="app-materials">
      <h3>{t('materials.count', {count: materials.length})}</h3>
      <ul className="app-plain-list">
        {materials.map(material => (
          <MaterialLine key={material.row} material={material} hasOrigin={!isShared} />
        ))}
      </ul>
      {isShared ? <Origin list="materials.list" {...first} /> : null}
    </section>
  );
}

function MaterialLine({material, hasOrigin}: {readonly material: Material; readonly hasOrigin: boolean}) {
  const t = useGuidanceText();
  const localize = useLocalize();
  const {title, need, submission, scenario, issuer, licenceType, spared, points} = material;
  const about = [scenario === null ? t(`need.${need}`) : t('when', {need: t(`need.${need}`), scenario}), t(`submission.${submission}`), ...(issuer === null ? [] : [t('issuer', {unit: issuer})]), ...(licenceType === null ? [] : [t('licence', {licence: licenceType})]), ...spared.map(by => t(`spared.${by}`))];
  return (
    <li>
      <strong>{localize(title)}</strong>
      <div className="banli-secondary">{about.join(' · ')}</div>
      {points.length > 0 ? (
        <details>
          <summary>{t('points', {count: points.length})}</summary>
          <ul className="app-plain-list">
            {points.map(point => (
              <li key={point.row} title={point.row}>
                {t('point', {step: t(`step.${point.step}`), title: localize(point.title), standard: point.standard, mode: t(`mode.${point.mode}`)})}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {hasOrigin ? <Origin list="materials.list" {...material} /> : null}
    </li>
  );
}
