import {useJoints, useLanguage, useLocalize} from '@banli/ui';
import {Button} from 'antd';
import {useState} from 'react';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {useFieldText} from '../texts/fields-hook.js';
import type {FieldKey} from '../texts/fields-zh-cn.js';
import {bounds} from './field-bounds.js';
import type {ShownField} from './field-cells.js';

interface FieldActs {
  readonly isBusy: boolean;
  readonly onMove: (field: ShownField, place: number) => void;
  readonly onEdit: (field: ShownField) => void;
  readonly onRetire: (field: ShownField) => void;
  readonly onRestore: (field: ShownField) => void;
  readonly onTakeOut: (field: ShownField) => void;
}

/** The columns of a table in their order: dragged by mouse, moved by buttons. On a phone as cards. */
export function FieldTable({fields, ...acts}: FieldActs & {readonly fields: readonly ShownField[]}) {
  const t = useFieldText();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  return (
    <table className="app-rows app-catalogs app-fields" aria-label={t('list')}>
      <thead>
        <tr>
          <th className="app-field-col-order">{t('column.order')}</th>
          <th>{t('column.title')}</th>
          <th className="app-field-col-type">{t('column.type')}</th>
          <th className="app-field-col-required">{t('column.required')}</th>
          <th className="app-field-col-used">{t('column.used')}</th>
          <th className="app-field-col-state">{t('column.state')}</th>
          <th className="app-field-col-actions">{t('column.actions')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field, place) => (
          <tr
            key={field.key} className={`app-row${over === place && dragged !== field.key ? ' app-field-over' : ''}`}
            onDragOver={event => {
              if (dragged === null) return;
              event.preventDefault();
              setOver(place);
            }}
            onDrop={event => {
              event.preventDefault();
              const held = fields.find(each => each.key === dragged);
              end();
              if (held) acts.onMove(held, place);
            }}
          >
            <FieldRow field={field} place={place} isLast={place === fields.length - 1} {...acts} onGrab={() => setDragged(field.key)} onLetGo={end} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FieldRow({field, place, isLast, isBusy, onMove, onEdit, onRetire, onRestore, onTakeOut, onGrab, onLetGo}: FieldActs & {readonly field: ShownField; readonly place: number; readonly isLast: boolean; readonly onGrab: () => void; readonly onLetGo: () => void}) {
  const t = useFieldText();
  const joints = useJoints();
  const catalogText = useCatalogText();
  const localize = useLocalize();
  const {cells} = field;
  const isEnglish = useLanguage() === 'en';
  const title = (isEnglish ? cells['titleEn'] : undefined) ?? cells['titleZh'] ?? field.column;
  const other = isEnglish ? cells['titleZh'] : cells['titleEn'];
  const isRetired = cells['status'] === 'retired';
  const canEdit = !field.isElsewhere && !isRetired;
  const bound = bounds.find(each => each === cells['below']);
  // A column that goes along with another one says nothing itself.
  const isAlong = field.uses.includes('below') && field.values['below'] === undefined;
  const uses = [...field.uses.flatMap(use => (use === 'below' ? [] : [t(`use.${use}`)])), ...(bound ? [t('use.bound', {bound: t(`below.${bound}`)})] : isAlong ? [t('use.below')] : []), ...(field.isOwn ? [] : [t('platform')])];
  const usesText = uses.join(isEnglish ? ', ' : '、');
  return (
    <>
      <td className="app-field-col-order">
        {field.isElsewhere ? null : (
          <span className="app-field-move">
            <span className="app-field-grip" draggable={!isBusy} title={t('grab', {title})} aria-hidden onDragStart={event => {
              event.dataTransfer.setData('text/plain', field.key);
              event.dataTransfer.effectAllowed = 'move';
              onGrab();
            }} onDragEnd={onLetGo}>⠿</span>
            <Button type="text" size="small" disabled={isBusy || place === 0} aria-label={t('moveUp', {title})} title={t('moveUp', {title})} onClick={() => onMove(field, place - 1)}>↑</Button>
            <Button type="text" size="small" disabled={isBusy || isLast} aria-label={t('moveDown', {title})} title={t('moveDown', {title})} onClick={() => onMove(field, place + 1)}>↓</Button>
          </span>
        )}
      </td>
      <td className="app-catalog-col-title">
        <span className="banli-one-line" title={title}>{title}</span>
        <span className="banli-secondary banli-one-line" title={field.column}>{[other, field.column].filter(Boolean).join(' · ')}</span>
      </td>
      <td className="app-field-col-type">{t(`type.${cells['type'] ?? 'text'}` as FieldKey)}{field.words['reference'] ? <span className="banli-secondary banli-one-line">{localize(field.words['reference'])}</span> : null}</td>
      <td className="app-field-col-required"><span className="app-tool-label">{joints.pair(t('column.required'), '')}</span>{t(cells['required'] === 'yes' ? 'yes' : 'no')}</td>
      <td className="app-field-col-used">
        {uses.length > 0 ? <span className="banli-one-line" title={usesText}>{usesText}</span> : null}
        <span className="banli-secondary banli-one-line">{field.isProposed ? '' : t('filled', {filled: field.filled, rows: field.rows})}</span>
      </td>
      <td className="app-field-col-state">
        <span className={field.isProposed || isRetired ? 'app-mark' : undefined}>{t(field.isProposed ? 'state.proposed' : isRetired ? 'state.retired' : 'state.active')}</span>
        {field.pending.map(each => <span key={each.changeId} className="banli-secondary banli-one-line" title={t('pending', {op: catalogText(`op.${each.op}`), title: each.title})}>{t('pending', {op: catalogText(`op.${each.op}`), title: each.title})}</span>)}
      </td>
      <td className="app-field-col-actions">
        {field.isElsewhere ? <span className="banli-secondary">{t('otherSet')}</span> : null}
        {canEdit ? <Button type="link" size="small" disabled={isBusy} aria-label={t('editOf', {title})} onClick={() => onEdit(field)}>{t('edit')}</Button> : null}
        {field.op !== null ? <Button type="link" size="small" disabled={isBusy} aria-label={t('takeOutOf', {title})} onClick={() => onTakeOut(field)}>{t('takeOut')}</Button> : null}
        {canEdit && field.isOwn && !field.isProposed ? <Button type="link" size="small" disabled={isBusy} aria-label={t('retireOf', {title})} onClick={() => onRetire(field)}>{t('retire')}</Button> : null}
        {isRetired && field.isOwn && field.op === null ? <Button type="link" size="small" disabled={isBusy} aria-label={t('restoreOf', {title})} onClick={() => onRestore(field)}>{t('restore')}</Button> : null}
      </td>
    </>
  );
}
