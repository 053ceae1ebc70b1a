import {ErrorPanel} from '@banli/ui';
import {useQuery} from '@tanstack/react-query';
import {Modal} from 'antd';
import {useState} from 'react';
import {catalogLifeRoutes} from '@banli/api';
import {api} from '../http/api.js';
import {useFieldText} from '../texts/fields-hook.js';
import {useMakingText} from '../texts/making-hook.js';
import {missingCells, nameFrom, type FieldCells} from './field-cells.js';
import {FieldInputs} from './field-inputs.js';
import type {MadeColumn} from './making.js';

const fresh: MadeColumn = {cells: {type: 'text', required: 'no', maxLength: '200'}, options: []};

/** Asks for one column of a catalog that is to be. `taken` are the names of the others. */
export function NewColumn({column, taken, onKeep, onEnd}: {readonly column: MadeColumn | null; readonly taken: readonly string[]; readonly onKeep: (column: MadeColumn) => void; readonly onEnd: () => void}) {
  const t = useFieldText();
  const making = useMakingText();
  const [{cells, options}, setColumn] = useState<MadeColumn>(column ?? fresh);
  const [isNamed, setNamed] = useState(column !== null);
  const [isChecked, setChecked] = useState(false);
  const drafts = useQuery({queryKey: ['catalogDrafts'], queryFn: () => api.call(catalogLifeRoutes.drafts)});
  const name = (cells['column'] ?? '').trim();
  const missing = missingCells(cells, options);
  const errors = new Map([
    ...(isChecked ? missing.map(cell => [cell, t('missing')] as const) : []),
    ...(isChecked && name !== '' && taken.includes(name) ? [['column', making('nameTaken', {name})] as const] : []),
  ]);
  const change = (next: FieldCells) => setColumn({options, cells: !isNamed && next['titleEn'] !== cells['titleEn'] ? {...next, column: nameFrom(next['titleEn'] ?? '')} : next});
  const keep = () => {
    setChecked(true);
    const wrong = missing[0] ?? (taken.includes(name) ? 'column' : undefined);
    if (wrong === undefined) onKeep({cells, options});
    else document.getElementById(`field-${wrong}`)?.focus();
  };
  return (
    <Modal open title={column ? t('editTitle', {title: cells['titleZh'] ?? name}) : making('add')} okText={making('keep')} onOk={keep} onCancel={onEnd} maskClosable={false} width={640} afterOpenChange={isOpen => isOpen && document.getElementById('field-titleZh')?.focus()}>
      {drafts.error && cells['type'] === 'reference' ? <ErrorPanel error={drafts.error} onRetry={() => void drafts.refetch()} /> : null}
      <FieldInputs cells={cells} options={options} errors={errors} isLocked={false} isEffective={false} asksKey kept={new Set()} targets={drafts.data?.targets ?? []} field={null} fields={[]} onChange={change} onName={() => setNamed(true)} onOptions={next => setColumn({cells, options: next})} />
    </Modal>
  );
}
