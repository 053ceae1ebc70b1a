import {EmptyState} from '@banli/ui';
import {Link, useLocation} from 'react-router-dom';
import {useText} from '../texts/hook.js';

/** An address that leads nowhere: says so, and how to go on. */
export function MissingPage() {
  const t = useText();
  const {pathname} = useLocation();
  return (
    <EmptyState isPage title={t('page.missing')} help={t('page.missingHelp', {path: pathname})}>
      <Link to="/inbox/todo">{t('case.toInbox')}</Link>
    </EmptyState>
  );
}
