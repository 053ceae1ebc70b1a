import {Button, Input, Select} from 'antd';
import {useCatalogText} from '../texts/catalogs-hook.js';
import type {DurationUnit} from './cell-kind.js';
import type {receiversReference, Rung, RungFault} from './ladder-rungs.js';
import {RowsPicker} from './pickers.js';
import {SourceField} from './source-field.js';

/** One rung: how long after the lapse, what is then done and who is told, and where that comes from. */
export function LadderRung({index, rung, receivers, faults, onChange, onRemove}: {readonly index: number; readonly receivers: ReturnType<typeof receiversReference>; readonly rung: Rung; readonly faults: readonly RungFault[]; readonly onChange: (rung: Rung) => void; readonly onRemove: (() => void) | null}) {
  const t = useCatalogText();
  const id = (input: RungFault['input'] | 'receivers') => `rung-${index}-${input}`;
  const isBad = (input: RungFault['input']) => faults.some(fault => fault.input === input);
  const error = (input: RungFault['input']) => faults.filter(fault => fault.input === input).map(fault => <div key={fault.key} id={`${id(input)}-error`} className="app-catalog-cell-error" role="alert">{t(fault.key)}</div>);
  const text = (input: 'titleZh' | 'titleEn') => (
    <div>
      <label className="banli-field-label" htmlFor={id(input)}><span className="app-catalog-star" aria-hidden>*</span>{t(`ladder.${input}`)}</label>
      <Input id={id(input)} maxLength={200} status={isBad(input) ? 'error' : ''} aria-invalid={isBad(input)} aria-describedby={`${id(input)}-error`} value={rung[input]} onChange={event => onChange({...rung, [input]: event.target.value})} />
      {error(input)}
    </div>
  );
  const units: ReadonlyArray<{readonly value: DurationUnit; readonly label: string}> = [{value: 'D', label: t('cell.days')}, {value: 'H', label: t('cell.hours')}, {value: 'M', label: t('cell.minutes')}];
  return (
    <li aria-label={t('ladder.rung', {number: index + 1})}>
      <header>
        <strong>{t('ladder.rung', {number: index + 1})}</strong>
        <span className="app-catalog-gap" />
        {onRemove ? <Button size="small" onClick={onRemove}>{t('ladder.remove')}</Button> : null}
      </header>
      <div className="app-catalog-form">
        <div>
          <label className="banli-field-label" htmlFor={id('amount')}><span className="app-catalog-star" aria-hidden>*</span>{t('ladder.after')}</label>
          <span className="app-catalog-duration">
            <Input id={id('amount')} className="app-catalog-number" inputMode="numeric" autoComplete="off" maxLength={20} status={isBad('amount') ? 'error' : ''} aria-invalid={isBad('amount')} aria-describedby={`${id('amount')}-error`} value={rung.amount} onChange={event => onChange({...rung, amount: event.target.value})} />
            <Select<DurationUnit> aria-label={t('cell.durationUnit')} value={rung.unit} onChange={unit => onChange({...rung, unit})} options={[...units]} />
          </span>
          {rung.amount === '0' ? <div className="banli-secondary">{t('ladder.atOnce')}</div> : null}
          {error('amount')}
        </div>
        {receivers ? (
          <div>
            <label className="banli-field-label" htmlFor={id('receivers')}>{t('ladder.receivers')}</label>
            <RowsPicker id={id('receivers')} value={rung.receivers} reference={receivers} placeholder={t('ladder.receiversOpen')} onChange={next => onChange({...rung, receivers: next})} />
          </div>
        ) : null}
        {text('titleZh')}
        {text('titleEn')}
        <div>
          <label className="banli-field-label" htmlFor={id('sourceRef')}><span className="app-catalog-star" aria-hidden>*</span>{t('ladder.source')}</label>
          <SourceField id={id('sourceRef')} value={rung.sourceRef} isInvalid={isBad('sourceRef')} describedBy={`${id('sourceRef')}-error`} onChange={sourceRef => onChange({...rung, sourceRef})} />
          {error('sourceRef')}
        </div>
      </div>
    </li>
  );
}
