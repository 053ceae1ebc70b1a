import {DownOutlined} from '@ant-design/icons';
import {Button, Dropdown, type MenuProps} from 'antd';
import {useRef, useState} from 'react';
import {ErrorPanel} from '../feedback/error-panel.js';
import {useUiText} from '../i18n/hooks.js';

/** A text that its author gave before; `outcome` names what it was given for, where several come into question. */
export interface OfferedReason {
  readonly text: string;
  readonly outcome?: string;
}

/** What a menu of phrases needs: the phrases as they read, the own last texts, and where a chosen one goes. */
export interface PhraseMenuProps {
  /** Id of the field's label, which says whose phrases these are. */
  readonly labelId: string;
  readonly phrases: readonly string[];
  readonly recent?: () => Promise<readonly OfferedReason[]>;
  readonly forget?: () => Promise<void>;
  readonly onPick: (text: string) => void;
}

/** 常用语 beside a reason: own last texts and common phrases; opened and chosen from by keys, too. What the server keeps is asked for when it opens. */
export function PhraseMenu({labelId, phrases, recent, forget, onPick}: PhraseMenuProps) {
  const t = useUiText();
  const [own, setOwn] = useState<readonly OfferedReason[]>([]);
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const asked = useRef(0);
  const attempt = async (act: () => Promise<void>) => {
    setError(null);
    await act().catch(setError);
  };
  // The menu opens when all of it is there: lines that come later would take the focus from under the keys.
  const open = async (next: boolean) => {
    const question = (asked.current += 1);
    if (next && recent) await attempt(async () => setOwn(await recent()));
    if (question === asked.current) setOpen(next);
  };
  const choose = (key: string) => {
    setOpen(false);
    if (key === 'forget') return void attempt(async () => {
      await forget?.();
      setOwn([]);
    });
    const [kind, index] = key.split(' ');
    const text = kind === 'own' ? own[Number(index)]?.text : phrases[Number(index)];
    if (text !== undefined) onPick(text);
  };
  const items = menuItems({own, phrases, t, canForget: forget !== undefined});
  return (
    <>
      <Dropdown open={isOpen} onOpenChange={next => void open(next)} trigger={['click']} placement="bottomRight" autoFocus destroyOnHidden overlayClassName="banli-phrases" menu={{items, onClick: ({key}) => choose(key)}}>
        <Button type="link" size="small" className="banli-phrases-open" aria-haspopup="menu" aria-expanded={isOpen} aria-describedby={labelId}>
          {t('form.phrases')} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      {error === null ? null : <ErrorPanel error={error} />}
    </>
  );
}

interface Offer {
  readonly own: readonly OfferedReason[];
  readonly phrases: readonly string[];
  readonly canForget: boolean;
  readonly t: ReturnType<typeof useUiText>;
}

function menuItems({own, phrases, canForget, t}: Offer): NonNullable<MenuProps['items']> {
  const line = (text: string, more = '') => (
    <span className="banli-phrase" title={text}>
      <span className="banli-phrase-text">{text}</span>
      {more === '' ? null : <span className="banli-secondary">{more}</span>}
    </span>
  );
  const groups = [
    ...(own.length > 0 ? [{type: 'group' as const, key: 'own', label: t('form.phrasesRecent'), children: own.map(({text, outcome}, index) => ({key: `own ${index}`, label: line(text, outcome)}))}] : []),
    ...(phrases.length > 0 ? [{type: 'group' as const, key: 'common', label: t('form.phrasesCommon'), children: phrases.map((text, index) => ({key: `common ${index}`, label: line(text)}))}] : []),
    ...(own.length > 0 && canForget ? [{type: 'divider' as const}, {key: 'forget', label: t('form.phrasesForget')}] : []),
  ];
  return groups.length > 0 ? groups : [{key: 'none', disabled: true, label: t('form.phrasesNone')}];
}
