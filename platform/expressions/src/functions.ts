import {feelTypes, listOf, type FeelType} from './types.js';

/** What a FEEL function takes and gives. `rest` repeats the last parameter. */
export interface FunctionSignature {
  readonly parameters: readonly FeelType[];
  /** How many of the parameters may be left out at the end. */
  readonly optional?: number;
  readonly rest?: boolean;
  readonly result: FeelType | ((args: readonly FeelType[]) => FeelType);
}

const {string, number, boolean, date, dateTime, time, duration, any} = feelTypes;
const anyList = listOf(any);

function itemOfFirst(args: readonly FeelType[]): FeelType {
  const first = args[0];
  if (first?.kind === 'list') return first.item;
  return args.length > 0 && args.every(arg => arg.kind === first?.kind) && first ? first : any;
}

function sameList(args: readonly FeelType[]): FeelType {
  return args[0]?.kind === 'list' ? args[0] : anyList;
}

function of(parameters: readonly FeelType[], result: FunctionSignature['result'], more: {optional?: number; rest?: boolean} = {}): FunctionSignature {
  return {parameters, result, ...more};
}

/**
 * The FEEL functions an expression may call: the part of the standard library that gives the same answer for the same input.
 * `now` and `today` are left out on purpose: moments come from the case, so that a decision can be explained later.
 */
export const feelFunctions: Readonly<Record<string, FunctionSignature>> = {
  not: of([boolean], boolean),
  'string length': of([string], number),
  'upper case': of([string], string),
  'lower case': of([string], string),
  substring: of([string, number, number], string, {optional: 1}),
  'substring before': of([string, string], string),
  'substring after': of([string, string], string),
  contains: of([string, string], boolean),
  'starts with': of([string, string], boolean),
  'ends with': of([string, string], boolean),
  matches: of([string, string, string], boolean, {optional: 1}),
  replace: of([string, string, string, string], string, {optional: 1}),
  split: of([string, string], listOf(string)),
  'string join': of([listOf(string), string], string, {optional: 1}),
  string: of([any], string),
  number: of([string], number),
  date: of([any], date),
  'date and time': of([any], dateTime),
  time: of([any], time),
  duration: of([string], duration),
  abs: of([number], number),
  floor: of([number, number], number, {optional: 1}),
  ceiling: of([number, number], number, {optional: 1}),
  modulo: of([number, number], number),
  'round half up': of([number, number], number),
  'round down': of([number, number], number),
  count: of([anyList], number),
  min: of([any], itemOfFirst, {rest: true}),
  max: of([any], itemOfFirst, {rest: true}),
  sum: of([any], number, {rest: true}),
  mean: of([any], number, {rest: true}),
  all: of([any], boolean, {rest: true}),
  any: of([any], boolean, {rest: true}),
  'list contains': of([anyList, any], boolean),
  append: of([anyList, any], sameList, {rest: true}),
  concatenate: of([anyList], sameList, {rest: true}),
  remove: of([anyList, number], sameList),
  reverse: of([anyList], sameList),
  'index of': of([anyList, any], listOf(number)),
  union: of([anyList], sameList, {rest: true}),
  'distinct values': of([anyList], sameList),
  flatten: of([anyList], anyList),
  sort: of([anyList], sameList),
  'is defined': of([any], boolean),
};
