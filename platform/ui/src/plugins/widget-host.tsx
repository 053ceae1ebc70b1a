import type {WebPlugin, WidgetDefinition} from '@banli/sdk/web';
import {lazy, Suspense, type ComponentType} from 'react';
import {ErrorBoundary} from '../feedback/error-boundary.js';
import {useUiText} from '../i18n/hooks.js';
import {control, ReadText, type ControlProps} from '../form/control.js';

/** What a plugin's component gets. */
export interface WidgetProps {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly readOnly: boolean;
  readonly disabled: boolean;
}

/** Form components of plugins by their `x-component` name; each is loaded when it is first shown, and a broken one breaks only its field. */
export function widgetComponents(plugins: readonly WebPlugin[]): Readonly<Record<string, ComponentType<{readonly name: string}>>> {
  return Object.fromEntries(plugins.flatMap(plugin => plugin.widgets).map(widget => [widget.type, hostWidget(widget)]));
}

function hostWidget(widget: WidgetDefinition): ComponentType<{readonly name: string}> {
  const Part = lazy(async () => ({default: (await widget.load()).default as ComponentType<WidgetProps>}));
  const draw = (readOnly: boolean) =>
    function HostedWidget({value, onChange}: ControlProps) {
      return (
        <ErrorBoundary scope="part">
          <Suspense fallback={null}>
            <Part value={value} onChange={onChange} readOnly={readOnly} disabled={false} />
          </Suspense>
        </ErrorBoundary>
      );
    };
  return control(draw(false), draw(true));
}

/** Stands where a form names a component that nobody brought. */
function MissingEdit({node}: ControlProps) {
  const t = useUiText();
  return <ReadText text={t('form.widgetMissing', {type: String(node['x-component'] ?? '')})} />;
}

function MissingRead({value}: ControlProps) {
  return <ReadText text={value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)} />;
}

/** The component for unknown names: reading shows the raw value, writing says what is missing. */
export const MissingWidget = control(MissingEdit, MissingRead);
