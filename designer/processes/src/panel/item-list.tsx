import {DeleteOutlined, PlusOutlined} from '@ant-design/icons';
import {useLanguage} from '@banli/ui';
import {Button, Collapse} from 'antd';
import type {ReactNode} from 'react';
import {Section} from './fields.js';
import {nameIn, replaceAt} from './lists.js';
import {usePanel} from './panel-context.js';
import {readExtensions, writeExtensions, type ExtensionData} from '../modeler/edits.js';

interface ItemListProps {
  readonly type: 'banli:Action' | 'banli:Outcome';
  readonly title: string;
  readonly addWords: string;
  readonly removeWords: (name: string) => string;
  /** A new item beside those that are there. */
  readonly fresh: (items: readonly ExtensionData[]) => ExtensionData;
  readonly children: (item: ExtensionData, onWrite: (item: ExtensionData) => void) => ReactNode;
}

/** What a step has several of, each with a name, an id and an editor that unfolds; adds and removes them. */
export function ItemList({type, title, addWords, removeWords, fresh, children}: ItemListProps) {
  const {element, modeler} = usePanel();
  const language = useLanguage();
  const items = readExtensions(element, type);
  const write = (next: readonly ExtensionData[]): void => writeExtensions(modeler, element, type, next);
  return (
    <Section title={title} extra={<Button size="small" type="text" icon={<PlusOutlined />} onClick={() => write([...items, fresh(items)])}>{addWords}</Button>}>
      <Collapse
        size="small"
        ghost
        collapsible="header"
        items={items.map((item, index) => {
          const {id = ''} = item.attributes;
          const name = nameIn(language, item.attributes);
          const words = removeWords(name);
          return {
            key: index,
            label: <span>{name} <span className="banli-secondary">{id}</span></span>,
            extra: <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={words} title={words} onClick={event => { event.stopPropagation(); write(items.filter((_, place) => place !== index)); }} />,
            children: children(item, next => write(replaceAt(items, index, next))),
          };
        })}
      />
    </Section>
  );
}
