import {catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, Skeleton, useLocalize} from '@banli/ui';
import {useMutation, useQuery} from '@tanstack/react-query';
import {App, Button, Modal} from 'antd';
import {useState} from 'react';
import {api} from '../http/api.js';
import {useCatalogText} from '../texts/catalogs-hook.js';
import {CellField} from './cell-field.js';
import {cellFault} from './cell-kind.js';
import {LadderRung} from './ladder-rung.js';
import {mostRungs, receiversReference, rungChanges, rungFaults, rungsOf, type Rung, type RungRow} from './ladder-rungs.js';
import {SetChoice} from './set-choice.js';
import {useChangeSets} from './use-change-sets.js';
import type {TableForm} from './use-catalog-form.js';

interface LadderProps {
  readonly catalogId: string;
  readonly table: TableForm;
  /** `null` for a new ladder. */
  readonly code: string | null;
  readonly onEnd: () => void;
}

const freshRung: Rung = {amount: '0', unit: 'H', titleZh: '', titleEn: '', receivers: '', sourceRef: ''};

/** Edits what a lapse calls for, rung by rung, and writes the rows of its table into a change set. */
export function LadderEditor(props: LadderProps) {
  const {catalogId, table, code} = props;
  const loaded = useQuery({
    queryKey: ['catalogRows', catalogId, 'ladder', table.name, code], enabled: code !== null,
    queryFn: () => api.call(catalogLifeRoutes.rows, {params: {catalogId}, query: {table: table.name, code: `${code ?? ''}|`, limit: 50}}),
  });
  const rows = code === null ? [] : loaded.data?.rows.map(({key, values, pending}): RungRow => ({key, values: {...values, ...pending.find(each => each.state === 'editing')?.after}}));
  const set = loaded.data?.rows.flatMap(row => row.pending).find(each => each.state === 'editing')?.changeId;
  if (rows) return <Rungs key={code} {...props} rows={rows} preferred={set} />;
  return <Modal open onCancel={props.onEnd} footer={null} width={760}>{loaded.error ? <ErrorPanel error={loaded.error} onRetry={() => void loaded.refetch()} /> : <Skeleton rows={6} />}</Modal>;
}

function Rungs({catalogId, table, code, rows, preferred, onEnd}: LadderProps & {readonly rows: readonly RungRow[]; readonly preferred: string | undefined}) {
  const t = useCatalogText();
  const localize = useLocalize();
  const {message} = App.useApp();
  // What stood when the editor opened: a list that is loaded again does not take away what is typed.
  const [stood] = useState(rows);
  const [rungs, setRungs] = useState<readonly Rung[]>(() => (stood.length > 0 ? rungsOf(stood) : [freshRung]));
  const [typedCode, setCode] = useState(code ?? '');
  const [isChecked, setChecked] = useState(false);
  const sets = useChangeSets(catalogId, preferred);
  const codeColumn = table.columns.find(column => column.name === table.key[0]);
  const codeFault = code === null && codeColumn ? cellFault({...codeColumn, options: []}, typedCode) : null;
  const faults = rungFaults(rungs);
  const receivers = receiversReference(table);
  const changes = rungChanges(table, typedCode, stood, rungs);
  const title = code === null ? t('ladder.new', {table: localize(table.title)}) : t('ladder.edit', {table: localize(table.title)});
  const save = useMutation({
    mutationFn: () => sets.put(title, changes),
    onSuccess: change => {
      void message.success(t('edit.saved', {title: change.title}));
      onEnd();
    },
    onSettled: () => sets.refresh(),
  });
  const submit = () => {
    setChecked(true);
    if (codeFault) document.getElementById('ladder-code')?.focus();
    else if (faults[0]) document.getElementById(`rung-${faults[0].index}-${faults[0].input}`)?.focus();
    else if (!save.isPending) save.mutate();
  };
  const change = (index: number, rung: Rung) => setRungs(rungs.map((each, place) => (place === index ? rung : each)));
  return (
    <Modal open title={title} width={760} okText={t('edit.save')} okButtonProps={{disabled: sets.isPending || changes.length === 0, title: changes.length === 0 ? t('ladder.same') : ''}} confirmLoading={save.isPending} onOk={submit} onCancel={onEnd} maskClosable={false}>
      {save.error ? <ErrorPanel error={save.error} /> : null}
      <p className="banli-secondary">{t('ladder.help')}</p>
      {code === null && codeColumn ? (
        <div className="app-catalog-form">
          <label id="ladder-code-label" className="banli-field-label" htmlFor="ladder-code"><span className="app-catalog-star" aria-hidden>*</span>{t('ladder.code')}</label>
          <CellField id="ladder-code" column={{...codeColumn, options: []}} value={typedCode} isInvalid={isChecked && codeFault !== null} describedBy="ladder-code-error" onChange={setCode} />
          {isChecked && codeFault ? <div id="ladder-code-error" className="app-catalog-cell-error" role="alert">{t(codeFault.key, codeFault.params)}</div> : null}
        </div>
      ) : null}
      <ol className="app-ladder">
        {rungs.map((rung, index) => (
          <LadderRung key={index} index={index} rung={rung} receivers={receivers} faults={isChecked ? faults.filter(fault => fault.index === index) : []} onChange={next => change(index, next)} onRemove={rungs.length > 1 ? () => setRungs(rungs.filter((_, place) => place !== index)) : null} />
        ))}
      </ol>
      <Button disabled={rungs.length >= mostRungs} title={rungs.length >= mostRungs ? t('ladder.most', {most: mostRungs}) : ''} onClick={() => setRungs([...rungs, {...freshRung, amount: '', sourceRef: rungs.at(-1)?.sourceRef ?? ''}])}>{t('ladder.add')}</Button>
      <div className="app-catalog-set"><SetChoice sets={sets} proposed={title} /></div>
    </Modal>
  );
}
