import {useLanguage} from '../../i18n/hooks.js';
import {ReadText, type ControlProps} from '../control.js';

/** A way to another page of the workbench, opened beside this one so that nothing typed is left. Anything but a path of this site is shown as text. */
export function LinkRead({value, node, element}: ControlProps) {
  const language = useLanguage();
  const path = typeof value === 'string' ? value : '';
  const props = node['x-component-props'] ?? {};
  const words = language === 'en' ? (props['textEn'] ?? props['text']) : props['text'];
  if (!/^\/(?![/\\])/.test(path)) return <ReadText text={path} />;
  return (
    <a id={element.id} className="banli-read" href={path} target="_blank" rel="noopener">
      {typeof words === 'string' ? words : path}
    </a>
  );
}
