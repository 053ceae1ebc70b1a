import {Navigate, useLocation} from 'react-router-dom';

/**
 * Sends the person on to another address, each time this one is come to: a second click on the link that led here, while the other page
 * still loads, is sent on as well. (`Navigate` alone does it once for as long as it stands, and stays empty after that.)
 */
export function Redirect({to}: {readonly to: string}) {
  const {key} = useLocation();
  return <Navigate key={key} to={to} replace />;
}
