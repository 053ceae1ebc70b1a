import {App, ConfigProvider, Grid} from 'antd';
import en from 'antd/es/locale/en_US';
import zhCn from 'antd/es/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type {i18n as I18n} from 'i18next';
import {useEffect, useLayoutEffect, type ReactNode} from 'react';
import {I18nextProvider} from 'react-i18next';
import {useLanguage} from '../i18n/hooks.js';
import {themeOf} from './theme.js';
import {applyTokens} from './tokens.js';
import {useReducedMotion} from './reduced-motion.js';
import './base.css';

/** Theme, language and antd's message and modal with context, around a whole web app. */
export function BanliProvider({texts, children}: {readonly texts: I18n; readonly children: ReactNode}) {
  useLayoutEffect(() => applyTokens(document.documentElement), []);
  return (
    <I18nextProvider i18n={texts}>
      <Localized>{children}</Localized>
    </I18nextProvider>
  );
}

function Localized({children}: {readonly children: ReactNode}) {
  const language = useLanguage();
  const isPhone = Grid.useBreakpoint().md === false;
  const isStill = useReducedMotion();
  useEffect(() => {
    document.documentElement.lang = language;
    dayjs.locale(language === 'en' ? 'en' : 'zh-cn');
  }, [language]);
  return (
    <ConfigProvider theme={themeOf({isPhone, isStill})} locale={language === 'en' ? en : zhCn} button={{autoInsertSpace: false}} form={{requiredMark: false}}>
      <App component={false} message={{maxCount: 2, duration: 3}}>
        {children}
      </App>
    </ConfigProvider>
  );
}
