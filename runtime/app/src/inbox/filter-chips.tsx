import {CloseOutlined, DownOutlined} from '@ant-design/icons';
import type {InboxRowView} from '@banli/api';
import {useJoints, useLocalize} from '@banli/ui';
import {Button, Dropdown} from 'antd';
import {useMemo, useRef} from 'react';
import {useText} from '../texts/hook.js';
import {filterOptions} from './filter-options.js';
import type {FilterName, Filters} from './box-pages.js';

const shown: ReadonlyArray<Exclude<FilterName, 'step'>> = ['state', 'urgency'];

/** Filters as chips: a chosen one shows its value and a cross, the others open their values. */
export function FilterChips({rows, filters, onChange}: {readonly rows: readonly InboxRowView[]; readonly filters: Filters; readonly onChange: (name: FilterName, value: string | null) => void}) {
  const t = useText();
  const joints = useJoints();
  const localize = useLocalize();
  const options = useMemo(() => filterOptions(rows, localize), [rows, localize]);
  const titles = useRef(new Map<string, string>());
  for (const name of shown) for (const option of options[name]) titles.current.set(`${name} ${option.value}`, option.title);
  return (
    <div className="app-chips" role="group" aria-label={t('inbox.filters')}>
      {shown.map(name => {
        const value = filters[name];
        if (value !== undefined) {
          const title = titles.current.get(`${name} ${value}`) ?? value;
          return (
            <Button key={name} size="small" type="primary" ghost icon={<CloseOutlined />} iconPosition="end" aria-label={t('inbox.dropFilter', {filter: title})} onClick={() => onChange(name, null)}>
              {joints.pair(t(`filter.${name}`), title)}
            </Button>
          );
        }
        const items = options[name].map(option => ({key: option.value, label: option.title}));
        if (items.length === 0) return null;
        return (
          <Dropdown key={name} trigger={['click']} menu={{items, onClick: ({key}) => onChange(name, key)}}>
            <Button size="small" icon={<DownOutlined />} iconPosition="end">
              {t(`filter.${name}`)}
            </Button>
          </Dropdown>
        );
      })}
    </div>
  );
}
