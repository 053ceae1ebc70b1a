import {ArrowLeftOutlined, ArrowRightOutlined, TableOutlined} from '@ant-design/icons';
import {Button, Checkbox, Popover} from 'antd';
import {useListText} from '../texts/lists-hook.js';
import {moveIn, toggleIn} from './columns.js';

/** What `ColumnPopover` takes: columns that may be chosen in the order they are offered, those that are shown in theirs. `null` goes back to the usual ones. */
export interface ColumnPopoverProps<Column extends string> {
  readonly offered: readonly Column[];
  readonly shown: readonly Column[];
  readonly isChosen: boolean;
  readonly help: string;
  readonly nameOf: (column: Column) => string;
  readonly onSave: (columns: readonly Column[] | null) => void;
}

/** Which columns a table shows and in which order; what is chosen is kept at once. */
export function ColumnPopover<Column extends string>({offered, shown, isChosen, help, nameOf, onSave}: ColumnPopoverProps<Column>) {
  const t = useListText();
  const rest = offered.filter(column => !shown.includes(column));
  const content = (
    <div className="app-columns">
      <p className="banli-secondary">{help}</p>
      <ul className="app-plain-list">
        {[...shown, ...rest].map(column => {
          const place = shown.indexOf(column);
          const name = nameOf(column);
          return (
            <li key={column} className="app-columns-row">
              <Checkbox checked={place >= 0} onChange={() => onSave(toggleIn(offered, shown, column))}>
                {name}
              </Checkbox>
              {place >= 0 ? (
                <span>
                  <Button type="text" size="small" icon={<ArrowLeftOutlined />} disabled={place === 0} aria-label={t('columns.left', {name})} title={t('columns.left', {name})} onClick={() => onSave(moveIn(shown, column, -1))} />
                  <Button type="text" size="small" icon={<ArrowRightOutlined />} disabled={place === shown.length - 1} aria-label={t('columns.right', {name})} title={t('columns.right', {name})} onClick={() => onSave(moveIn(shown, column, 1))} />
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      <Button size="small" disabled={!isChosen} onClick={() => onSave(null)}>
        {t('columns.usual')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" getPopupContainer={trigger => trigger.parentElement ?? trigger} placement="bottomRight" title={t('columns.title')} content={content}>
      <Button size="small" icon={<TableOutlined aria-hidden />} className="app-list-columns">
        {t('columns')}
      </Button>
    </Popover>
  );
}
