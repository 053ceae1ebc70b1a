import type {catalogLifeRoutes, AnswerOf} from '@banli/api';
import {useJoints, useLocalize} from '@banli/ui';
import {Button} from 'antd';
import {useState} from 'react';
import {useUnitName} from '../frame/use-unit-name.js';
import {useFieldText} from '../texts/fields-hook.js';
import type {ListedField} from './field-cells.js';
import {SettingsEditor} from './settings-editor.js';
import type {useChangeSets} from './use-change-sets.js';
import type {CatalogForm} from './use-catalog-form.js';

/** What a catalog says of itself, with what is proposed for it. */
export type ListedSettings = AnswerOf<typeof catalogLifeRoutes.fields>['settings'];

/** What a catalog says of itself: titles, owner, review, and who keeps rows. It is changed within a change set like rows. */
export function CatalogSettings({form, settings, fields, sets}: {readonly form: CatalogForm; readonly settings: ListedSettings; readonly fields: readonly ListedField[]; readonly sets: ReturnType<typeof useChangeSets>}) {
  const t = useFieldText();
  const joints = useJoints();
  const localize = useLocalize();
  const unitName = useUnitName();
  const [isOpen, setOpen] = useState(false);
  const mine = settings.pending.find(each => each.changeId === sets.setId);
  const word = (cell: string, blank: string): string => (settings.values[cell] === undefined ? blank : localize(settings.words[cell] ?? {'zh-CN': settings.values[cell]}));
  const kept = form.tables.filter(table => settings.values[`maintainer.${table.name}`] !== undefined);
  const parts: ReadonlyArray<readonly [string, string]> = [
    [t('setting.title'), localize({'zh-CN': settings.values['titleZh'] ?? form.id, ...(settings.values['titleEn'] === undefined ? {} : {en: settings.values['titleEn']})})],
    [t('setting.owner'), unitName(word('owner', ''))],
    [t('setting.risk'), word('risk', t('setting.riskOpen'))],
    [t('setting.keeper'), kept.length === 0 ? t('setting.keeperNone') : joints.statements(kept.map(table => `${localize(table.title)} · ${word(`maintainer.${table.name}`, '')}`))],
  ];
  return (
    <section className="app-catalog-settings" aria-labelledby="catalog-settings">
      <header>
        <h2 id="catalog-settings">{t('setting.head')}</h2>
        {settings.pending.map(each => <span key={each.changeId} className="app-mark banli-one-line" title={each.title}>{t('setting.pending', {title: each.title})}</span>)}
        <Button disabled={sets.isPending} onClick={() => setOpen(true)}>{t('setting.edit')}</Button>
      </header>
      <dl>
        {parts.map(([label, value]) => (
          <div key={label}>
            <dt className="banli-secondary">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {isOpen ? <SettingsEditor form={form} settings={settings} cells={mine?.after ?? settings.values} fields={fields} sets={sets} onEnd={() => setOpen(false)} /> : null}
    </section>
  );
}
