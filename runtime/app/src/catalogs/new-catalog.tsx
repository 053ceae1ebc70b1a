import {ApiError, catalogLifeRoutes} from '@banli/api';
import {ErrorPanel, useLanguage} from '@banli/ui';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {App, Input, Modal, Select} from 'antd';
import {useState} from 'react';
import {useNavigate} from 'react-router-dom';
import {api} from '../http/api.js';
import {useSession} from '../session/session-context.js';
import {useFieldText} from '../texts/fields-hook.js';
import {useMakingText} from '../texts/making-hook.js';
import {FieldPart} from './field-part.js';
import {firstColumns, idFrom, kinds, placeFaults, sentColumn, type MadeColumn, type PlacedFaults} from './making.js';
import {NewColumns} from './new-columns.js';
import {UnitPicker} from './pickers.js';
import {withoutWarnings} from './refused-inputs.js';

interface Made {
  readonly id: string;
  readonly kind: (typeof kinds)[number];
  readonly titleZh: string;
  readonly titleEn: string;
  readonly owner: string;
  readonly risk: '' | 'low' | 'high';
}

const noFaults = (isWhole: boolean): PlacedFaults => ({cells: new Map(), columns: new Map(), isWhole});

/** Asks for what a new catalog is: titles, code, kind, owner, review, fields. What comes of it is a draft, which is opened. The dialog of a field lies over it, so ids say `catalog`. */
export function NewCatalog({onEnd}: {readonly onEnd: () => void}) {
  const t = useMakingText();
  const fieldText = useFieldText();
  const {session} = useSession();
  const [made, setMade] = useState<Made>({id: '', kind: 'list', titleZh: '', titleEn: '', owner: session.posts.find(each => each.id === session.activePostId)?.unitId ?? '', risk: ''});
  const [columns, setColumns] = useState<readonly MadeColumn[]>(firstColumns);
  const [isNamed, setNamed] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const create = useCreate(onEnd);
  const faults = useFaults(create.error, columns);
  const missing = (['titleZh', 'titleEn', 'id', 'owner'] as const).filter(cell => made[cell].trim() === '');
  const errors = new Map([...faults.cells, ...(isChecked ? missing.map(cell => [cell, t(cell === 'owner' ? 'ownerMissing' : 'missing')] as const) : []), ...(isChecked && columns.length === 0 ? [['key', t('columnNone')] as const] : [])]);
  const set = (part: Partial<Made>) => {
    create.reset();
    setMade({...made, ...part, ...(part.titleEn !== undefined && !isNamed ? {id: idFrom(part.titleEn)} : {})});
  };
  const submit = () => {
    setChecked(true);
    const wrong = missing[0] ?? (columns.length === 0 ? 'key' : undefined);
    if (wrong !== undefined) document.getElementById(`field-catalog-${wrong}`)?.focus();
    else if (!create.isPending) create.mutate({made, columns});
  };
  const text = (cell: 'titleZh' | 'titleEn' | 'id', label: string, most: number, help = '') => (
    <FieldPart cell={`catalog-${cell}`} label={label} isRequired error={errors.get(cell)} help={help}>
      <Input id={`field-catalog-${cell}`} value={made[cell]} maxLength={most} autoComplete="off" status={errors.has(cell) ? 'error' : ''} aria-invalid={errors.has(cell)} aria-describedby={`field-catalog-${cell}-note`} onChange={event => {
        if (cell === 'id') setNamed(event.target.value !== '');
        set({[cell]: event.target.value});
      }} />
    </FieldPart>
  );
  return (
    <Modal open title={t('title')} okText={t('create')} confirmLoading={create.isPending} onOk={submit} onCancel={onEnd} maskClosable={false} width={760} afterOpenChange={isOpen => isOpen && document.getElementById('field-catalog-titleZh')?.focus()}>
      <p className="banli-secondary app-field-help">{t('help')}</p>
      {faults.isWhole ? <ErrorPanel error={create.error} /> : null}
      <div className="app-catalog-form app-made">
        {text('titleZh', fieldText('titleZh'), 40)}
        {text('titleEn', fieldText('titleEn'), 40)}
        {text('id', t('id'), 64, t('idHelp'))}
        <FieldPart cell="catalog-kind" label={t('kind')} isRequired error={errors.get('kind')} help={t(`kindHelp.${made.kind}`)}>
          <Select id="field-catalog-kind" className="app-catalog-wide" value={made.kind} aria-describedby="field-catalog-kind-note" options={kinds.map(kind => ({value: kind, label: t(`kind.${kind}`)}))} onChange={kind => set({kind})} />
        </FieldPart>
        <FieldPart cell="catalog-owner" label={fieldText('setting.owner')} isRequired error={errors.get('owner')} help={fieldText('setting.ownerHelp')}>
          <UnitPicker id="field-catalog-owner" value={made.owner} onChange={owner => set({owner})} except={[]} isRequired isInvalid={errors.has('owner')} describedBy="field-catalog-owner-note" />
        </FieldPart>
        <FieldPart cell="catalog-risk" label={fieldText('setting.risk')} error={errors.get('risk')} help={fieldText('setting.riskHelp')}>
          <Select id="field-catalog-risk" className="app-catalog-wide" value={made.risk} options={[{value: '' as const, label: fieldText('setting.riskOpen')}, {value: 'low' as const, label: fieldText('setting.riskLow')}, {value: 'high' as const, label: fieldText('setting.riskHigh')}]} onChange={risk => set({risk})} />
        </FieldPart>
      </div>
      <FieldPart cell="catalog-key" label={t('columns')} isRequired error={errors.get('key')} help={t('columnsHelp')}>
        <NewColumns columns={columns} errors={faults.columns} onChange={next => {
          create.reset();
          setColumns(next);
        }} />
      </FieldPart>
    </Modal>
  );
}

/** Makes the draft and opens it. */
function useCreate(onEnd: () => void) {
  const t = useMakingText();
  const {message} = App.useApp();
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({made: {risk, ...made}, columns}: {readonly made: Made; readonly columns: readonly MadeColumn[]}) =>
      api.call(catalogLifeRoutes.createCatalog, {body: {...made, id: made.id.trim(), titleZh: made.titleZh.trim(), titleEn: made.titleEn.trim(), ...(risk === '' ? {} : {risk}), columns: columns.map(sentColumn)}}),
    onSuccess: async ({change}, {made}) => {
      void message.success(t('made', {title: made.titleZh.trim()}));
      await cache.invalidateQueries({queryKey: ['catalogDrafts']});
      onEnd();
      navigate(`/catalogs/${change.catalogId}`);
    },
  });
}

/** What the server refused, each at its place, in the language of the page. */
function useFaults(error: Error | null, columns: readonly MadeColumn[]): PlacedFaults {
  const language = useLanguage();
  if (!(error instanceof ApiError)) return noFaults(error !== null);
  const {code, message, messageZh, problems} = error.answer;
  const inWords = (zh: string | undefined, en: string): string => (language === 'en' ? undefined : zh) ?? en;
  return placeFaults({code, text: inWords(messageZh, message), problems: withoutWarnings(problems).map(problem => ({place: problem.place, text: inWords(problem.messageZh, problem.message)}))}, columns.map(({cells}) => cells['column'] ?? ''));
}
