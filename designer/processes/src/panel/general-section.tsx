import {bundleErrors} from '@banli/bundles';
import type {AppError} from '@banli/errors';
import {TextRow, Section} from './fields.js';
import {usePanel} from './panel-context.js';
import {readAttribute, writeAttributes} from '../modeler/edits.js';
import {useProcessText} from '../texts/hook.js';

/** Name and id of any element. */
export function GeneralSection() {
  const t = useProcessText();
  const {element, modeler} = usePanel();
  const isNote = element.type === 'bpmn:TextAnnotation';
  const check = (id: string): AppError | undefined => {
    if (id === element.id) return undefined;
    if (!/^[a-z][A-Za-z0-9]{0,59}$/.test(id)) return bundleErrors.ID_FORM({id});
    return modeler.element(id) ? bundleErrors.ID_DUPLICATE({id}) : undefined;
  };
  return (
    <Section title={t('panel.title')}>
      {isNote
        ? <TextRow label={t('panel.name')} rows={6} value={readAttribute(element, 'text')} onWrite={text => writeAttributes(modeler, element, {text})} />
        : <TextRow label={t('panel.name')} rows={3} value={readAttribute(element, 'name')} onWrite={name => writeAttributes(modeler, element, {name})} />}
      {isNote || element.type === 'bpmn:Process' ? null : <TextRow label={t('outcome.nameEn')} value={readAttribute(element, 'banli:nameEn')} onWrite={nameEn => writeAttributes(modeler, element, {'banli:nameEn': nameEn})} />}
      <TextRow label={t('panel.id')} help={t('panel.idHelp')} value={element.id} check={check} onWrite={id => writeAttributes(modeler, element, {id})} />
    </Section>
  );
}
