import {GlobalOutlined} from '@ant-design/icons';
import {Button} from 'antd';
import {useTranslation} from 'react-i18next';
import {useLanguage} from './hooks.js';
import {changeLanguage} from './texts.js';

/** Switches between Chinese and English; the button names the other language in that language. */
export function LanguageSwitch() {
  const {i18n} = useTranslation();
  const other = useLanguage() === 'en' ? 'zh-CN' : 'en';
  return (
    <Button type="text" size="small" icon={<GlobalOutlined />} lang={other} onClick={() => void changeLanguage(i18n, other)}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}
