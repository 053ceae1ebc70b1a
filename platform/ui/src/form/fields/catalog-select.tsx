import {Button, TreeSelect} from 'antd';
import {sleep} from '@banli/time';
import {useMemo, useState} from 'react';
import {useJoints, useLocalize, useUiText} from '../../i18n/hooks.js';
import {ReadText, type ControlProps} from '../control.js';
import type {Choice, ChoiceMatch} from '../services.js';
import {useFormSurroundings} from '../form-context.js';
import type {FormModel} from '../form-model.js';
import {choiceLabel, choicesUnder, filledBy, filledText, isFlat, localMatches, treeOf} from './choice-tree.js';
import {useLoaded} from './use-loaded.js';

/** Rows of a catalog: a flat list or a tree to open; typing finds rows by words, each with its parents or the reason of the hit. A list takes several. */
export function CatalogSelectEdit(props: ControlProps) {
  const {field, services, selectElement, status, onBlur, onChange, value} = props;
  const t = useUiText();
  const localize = useLocalize();
  const {model} = useFormSurroundings();
  const catalogId = field.binding.catalog?.id ?? '';
  const loaded = useLoaded(catalogId, () => services.choices(catalogId));
  const under = field.binding.catalog?.under;
  const choices = useMemo(() => choicesUnder(loaded.value ?? [], under), [loaded.value, under]);
  const search = useChoiceSearch(catalogId, choices, services);
  const isTree = choices.some(choice => choice.parentKey !== null && choice.parentKey !== under);
  const leafOnly = field.binding.catalog?.leafOnly === true;
  const tree = useMemo(() => treeOf(choices, leafOnly, localize), [choices, leafOnly, localize]);
  const found = search.matches.filter(match => (!leafOnly || match.choice.leaf) && (under === undefined || choices.some(choice => choice.key === match.choice.key)));
  if (loaded.error !== null && !loaded.value) return <LoadFailure onRetry={loaded.retry} />;
  const shown = search.words === '' ? tree : found.map(({choice, why}) => ({value: choice.key, title: <ChoiceLine choice={choice} why={localize(why)} />, selectable: true}));
  const isMultiple = props.node.type === 'array';
  const chosen = chosenOf(value).map(key => {
    const choice = choices.find(each => each.key === key);
    return {value: key, label: choice ? choiceLabel(choice, choices, localize, t('form.retired')) : key};
  });
  return (
    <TreeSelect
      {...selectElement}
      status={status}
      onBlur={onBlur}
      multiple={isMultiple}
      value={isMultiple ? chosen : (chosen[0] ?? null)}
      treeData={shown}
      classNames={{popup: {root: isFlat(shown) ? 'banli-flat-choices' : ''}}}
      searchValue={search.words}
      onSearch={search.type}
      filterTreeNode={false}
      notFoundContent={t('form.noChoice')}
      placeholder={t(isTree ? 'form.search' : 'form.choose')}
      listHeight={336}
      popupMatchSelectWidth={isTree ? popupWidth(420) : true}
      labelInValue
      showSearch
      allowClear
      onChange={next => {
        search.type('');
        if (Array.isArray(next)) return onChange(next.length === 0 ? undefined : (next as ReadonlyArray<{value: string}>).map(each => each.value));
        const key = (next as {value?: string} | null)?.value;
        onChange(key ?? undefined);
        const chosen = choices.find(choice => choice.key === key) ?? found.find(match => match.choice.key === key)?.choice;
        if (chosen && field.binding.catalog?.fill) model.fill(filling(model, chosen, choices, field.binding.catalog.fill));
      }}
    />
  );
}

/** What a choice fills into other fields now; a long text that somebody typed stays. */
function filling(model: FormModel, chosen: Choice, choices: readonly Choice[], fill: Readonly<Record<string, string>>): Readonly<Record<string, string | undefined>> {
  const typed = model.values();
  const isLong = (field: string) => model.fields.get(field)?.node['x-component'] === 'Input.TextArea';
  return Object.fromEntries(Object.entries(filledBy(chosen, fill)).map(([field, text]) => [field, isLong(field) ? filledText(typed[field], text, choices.flatMap(choice => filledBy(choice, fill)[field] ?? [])) : text]));
}

/** Keys that a value holds, of one row or of several. */
function chosenOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter(key => typeof key === 'string');
}

/** The chosen rows' titles with their parents; a retired row says so. */
export function CatalogSelectRead({field, services, value}: ControlProps) {
  const t = useUiText();
  const joints = useJoints();
  const localize = useLocalize();
  const catalogId = field.binding.catalog?.id ?? '';
  const keys = chosenOf(value);
  const {value: rows = []} = useLoaded(keys.length === 0 ? null : catalogId, () => services.choices(catalogId));
  const choices = choicesUnder(rows, field.binding.catalog?.under);
  const texts = keys.map(key => {
    const choice = choices.find(each => each.key === key);
    return choice ? choiceLabel(choice, choices, localize, t('form.retired')) : key;
  });
  return <ReadText text={joints.list(texts)} />;
}

/** A wide list, but never wider than a phone's screen. */
export function popupWidth(wanted: number): number {
  return Math.min(wanted, globalThis.innerWidth - 32);
}

function ChoiceLine({choice, why}: {readonly choice: Choice; readonly why: string}) {
  const localize = useLocalize();
  return (
    <span className="banli-choice">
      <span className="banli-one-line">{localize(choice.title)}</span>
      <span className="banli-choice-more banli-one-line">{why || choice.path.join(' / ')}</span>
    </span>
  );
}

function LoadFailure({onRetry}: {readonly onRetry: () => void}) {
  const t = useUiText();
  return (
    <span className="banli-field-problem" role="alert">
      {t('form.choicesFailed')}
      <Button type="link" size="small" onClick={onRetry}>
        {t('error.retry')}
      </Button>
    </span>
  );
}

/** Words typed into the search, and what they find: on the server where the catalog has a search, else among the choices here. */
function useChoiceSearch(catalogId: string, choices: readonly Choice[], services: ControlProps['services']): {words: string; type: (words: string) => void; matches: readonly ChoiceMatch[]} {
  const [words, setWords] = useState('');
  const localize = useLocalize();
  const local = useMemo(() => localMatches(choices, words, localize), [choices, words, localize]);
  const remote = useLoaded(words.trim() === '' ? null : `${catalogId} ${words}`, async () => {
    await sleep(180, new AbortController().signal);
    return (await services.searchChoices(catalogId, words.trim())) ?? null;
  });
  return {words, type: setWords, matches: remote.value ?? local};
}
