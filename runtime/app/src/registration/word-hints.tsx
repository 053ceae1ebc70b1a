import {dispatchRoutes, type AnswerOf} from '@banli/api';
import {useFormValues, useLocalize} from '@banli/ui';
import {sleep} from '@banli/time';
import {keepPreviousData, useQuery} from '@tanstack/react-query';
import {Button, Tag} from 'antd';
import {api} from '../http/api.js';
import {useText} from '../texts/hook.js';
import {fitsHint, hintChanges, type HintFields} from './hint-changes.js';
import {NatureNotice} from './nature-notice.js';
import {NotAcceptedNotice} from './not-accepted-notice.js';
import {meaningOf} from './start-form.js';
import type {Call} from './use-call.js';

type Hint = AnswerOf<typeof dispatchRoutes.wordHints>['hints'][number];

const pauseMs = 500;
const riskColours = {high: 'red', medium: 'orange', low: 'default'} as const;

/** Sensitive and hot words in what was typed: class, risk, meaning, what to do, and one button that takes over what is proposed. Nothing changes by itself. */
export function WordHints({call}: {readonly call: Call}) {
  const t = useText();
  const values = useFormValues(call.model);
  const matterField = meaningOf(call.start, 'matter');
  const matter = matterField === null ? '' : String(values[matterField] ?? '');
  const natureField = meaningOf(call.start, 'nature');
  const nature = natureField === null ? '' : String(values[natureField] ?? '');
  const told = [...call.model.fields.values()].flatMap(({name, binding}) => (binding.words === 'order' ? [String(values[name] ?? '').trim()] : [])).filter(text => text !== '').join('。');
  const found = useQuery({
    queryKey: ['wordHints', told, matter, nature],
    queryFn: async ({signal}) => {
      await sleep(pauseMs, signal);
      return api.call(dispatchRoutes.wordHints, {body: {text: told, scope: 'order', ...(matter === '' ? {} : {matter}), ...(nature === '' ? {} : {nature})}, signal});
    },
    enabled: told !== '' || matter !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const isAsked = told !== '' || matter !== '';
  const {hints, notAccepted, natureConflict} = isAsked && found.data ? found.data : {hints: [], notAccepted: [], natureConflict: null};
  const {registration} = call.start;
  const hasNatureReason = registration?.natureReason !== undefined && natureField !== null;
  if (hints.length === 0 && notAccepted.length === 0 && (natureConflict === null || !hasNatureReason)) return null;
  const fields: HintFields = {sensitive: registration?.sensitive ?? null, hotClass: registration?.hotClass ?? null, urgency: meaningOf(call.start, 'urgency')};
  return (
    <section className="app-rail-part app-hints" role="status">
      <h2>{t('hints.title')}</h2>
      {registration?.acceptReason !== undefined && notAccepted.length > 0 ? <NotAcceptedNotice call={call} found={notAccepted} reasonField={registration.acceptReason} /> : null}
      {natureConflict !== null && registration?.natureReason !== undefined && natureField !== null ? <NatureNotice call={call} found={natureConflict} natureField={natureField} reasonField={registration.natureReason} /> : null}
      <ul className="app-plain-list">
        {hints.map(hint => (
          <HintLine key={`${hint.catalog} ${hint.row}`} hint={hint} fields={fields} values={values} take={() => call.model.fill(hintChanges(hint.proposes, fields, values))} />
        ))}
      </ul>
    </section>
  );
}

interface HintLineProps {
  readonly hint: Hint;
  readonly fields: HintFields;
  readonly values: Readonly<Record<string, unknown>>;
  readonly take: () => void;
}

function HintLine({hint, fields, values, take}: HintLineProps) {
  const t = useText();
  const localize = useLocalize();
  const {word, risk, classTitle, meaning, action, proposes} = hint;
  const fits = fitsHint(proposes, fields, values);
  const proposed = [
    ...(proposes.urgency && fields.urgency !== null ? [t('hints.urgency', {urgency: localize(proposes.urgency.title)})] : []),
    ...(proposes.sensitive && fields.sensitive !== null ? [t('hints.sensitive')] : []),
    ...(proposes.hotClass !== null && fields.hotClass !== null && classTitle ? [t('hints.hotClass', {name: localize(classTitle)})] : []),
  ].join(t('hints.join'));
  return (
    <li className="app-hint">
      <span className="app-hint-head">
        <strong>{t('hints.word', {word})}</strong>
        {risk ? <Tag color={riskColours[risk]}>{t(`hints.${risk}`)}</Tag> : null}
      </span>
      <span className="banli-secondary">{risk && classTitle ? t('hints.class', {name: localize(classTitle), meaning: localize(meaning)}) : localize(meaning)}</span>
      {action ? <span>{localize(action)}</span> : null}
      {proposed === '' ? null : fits ? (
        <span className="banli-secondary">{t('hints.taken', {what: proposed})}</span>
      ) : (
        <Button size="small" className="app-hint-take" onClick={take}>
          {proposed}
        </Button>
      )}
    </li>
  );
}
