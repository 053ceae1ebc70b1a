import type {ThemeConfig} from 'antd';
import {fontFamily, fontFamilyCode, tokens} from './tokens.js';

/** The antd 5 theme of both web apps. */
export const theme: ThemeConfig = {
  hashed: false,
  token: {
    colorPrimary: tokens.primary,
    colorPrimaryHover: tokens.primaryHover,
    colorPrimaryActive: tokens.primaryHover,
    colorLink: tokens.primary,
    colorLinkHover: tokens.primaryHover,
    colorInfo: tokens.primary,
    colorSuccess: tokens.success,
    colorWarning: tokens.dueWarning,
    colorError: tokens.dueOverdue,
    colorText: tokens.text,
    colorTextSecondary: tokens.textSecondary,
    colorTextTertiary: tokens.textFaint,
    colorTextDescription: tokens.textSecondary,
    colorTextPlaceholder: tokens.textFaint,
    colorTextDisabled: tokens.textFaint,
    colorBorder: tokens.hairlineStrong,
    colorBorderSecondary: tokens.hairline,
    colorSplit: tokens.hairline,
    colorBgLayout: tokens.layout,
    borderRadius: 4,
    borderRadiusLG: 4,
    borderRadiusSM: 4,
    fontFamily,
    fontFamilyCode,
    fontSize: 14,
    lineHeight: 22 / 14,
    fontSizeSM: 12,
    fontSizeHeading3: 20,
    fontSizeHeading4: 16,
    fontSizeHeading5: 14,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
    wireframe: false,
  },
  components: {
    Layout: {headerBg: tokens.surface, siderBg: tokens.surface, bodyBg: tokens.layout, headerHeight: 48},
    Menu: {itemHeight: 36, itemBorderRadius: 4, itemSelectedBg: tokens.primarySoft, itemMarginInline: 8, activeBarBorderWidth: 0},
    Tabs: {horizontalItemPadding: '10px 0', horizontalMargin: '0', horizontalItemGutter: 24},
    Table: {cellPaddingBlock: 8, headerBg: tokens.surface},
    Button: {primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none'},
    Form: {itemMarginBottom: 8, verticalLabelPadding: '0 0 2px'},
    Rate: {starColor: tokens.dueWarning, starBg: tokens.textSecondary},
    Tag: {defaultBg: tokens.layout},
  },
};

/** The same theme with targets of at least 44 pixels, for phones. */
const phoneTheme: ThemeConfig = {...theme, token: {...theme.token, controlHeight: 44, controlHeightSM: 36}};

/** The theme for a screen, and for a person who may have asked the system for less movement. @returns The same object for the same answers. */
export function themeOf({isPhone, isStill}: {readonly isPhone: boolean; readonly isStill: boolean}): ThemeConfig {
  if (isStill) return isPhone ? stillPhoneTheme : stillTheme;
  return isPhone ? phoneTheme : theme;
}

const stillTheme = withoutMotion(theme);
const stillPhoneTheme = withoutMotion(phoneTheme);

function withoutMotion(moving: ThemeConfig): ThemeConfig {
  return {...moving, token: {...moving.token, motion: false}};
}
