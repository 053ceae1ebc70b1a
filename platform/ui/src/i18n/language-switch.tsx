import {GlobalOutlined} from '@ant-design/icons';
import {Button} from 'antd';
import {useTranslation} from 'react-i18next';
import {useLanguage} from './hooks.js';
import {changeLanguage, type Language} from './texts.js';

/** The other language, in its own words, and how to change to it. */
export function useLanguageSwitch(): {readonly other: Language; readonly title: string; readonly change: () => void} {
  const {i18n} = useTranslation();
  const other = useLanguage() === 'en' ? 'zh-CN' : 'en';
  return {other, title: other === 'en' ? 'English' : '中文', change: () => void changeLanguage(i18n, other)};
}

/** Switches between Chinese and English; the button names the other language in that language. */
export function LanguageSwitch() {
  const {other, title, change} = useLanguageSwitch();
  return (
    <Button type="text" size="small" icon={<GlobalOutlined />} lang={other} onClick={change}>
      {title}
    </Button>
  );
}
