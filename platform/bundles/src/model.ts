import type {Bundle, FormNode, FormSchema, VariableDeclaration} from '@banli/formats';
import {contextOf, feelTypes, listOf, type DataModel, type FeelType} from '@banli/expressions';

const {string, number, boolean, any} = feelTypes;

/** Names every expression about a case may use besides variables and `form`; all are always there, null where there is none. */
export const caseNames: DataModel = {
  caseNumber: string, round: number, acceptedAt: number, acceptingUnit: string, areaCode: string,
  holder: string, upper: string, superiors: listOf(string), depth: number, leadUnit: string, excludedUnits: listOf(string),
  returnCount: number, anonymous: boolean, confidential: boolean, vulnerable: boolean, paused: boolean, ended: boolean,
};

/** Names that are there while a task is looked at or finished. */
export const taskNames: DataModel = {step: string, participant: string, outcome: string};

/** Names that are there when a person acts. */
export const actorNames: DataModel = {actor: contextOf({unit: string, person: string, roles: listOf(string)})};

/** The open request of a review; all null without one. */
export const requestNames: DataModel = {request: contextOf({kind: string, amount: number, reason: string, unit: string, until: string})};

/** The moment at which a person acts or looks, UTC milliseconds. */
export const commandNames: DataModel = {now: number};

/** What expressions of a bundle may use, by place. */
export interface BundleModels {
  /** Over the case alone: limits, public states, worker inputs. */
  readonly ofCase: DataModel;
  /** Case and task: forms. */
  readonly ofForm: DataModel;
  /** Case, task and request: assignments. */
  readonly ofTask: DataModel;
  /** Case, task, actor, request, moment: outcomes, effects, actions. */
  readonly ofCommand: DataModel;
  /** Case and actor: closures. */
  readonly ofActor: DataModel;
  /** Routing variables alone: conditions of gateways. */
  readonly ofEngine: DataModel;
}

/** The data models of a bundle; `outcomeVariables` are the `<stepId>Outcome` names that conditions may read. */
export function modelsOf(parts: Pick<Bundle, 'forms'> & {readonly variables: readonly VariableDeclaration[]}, outcomeVariables: readonly string[]): BundleModels {
  const variables = Object.fromEntries(parts.variables.map(({name, type}) => [name, feelTypes[type]]));
  const form = contextOf(Object.fromEntries(fieldsOfForms(parts.forms).map(({name, node}) => [name, typeOfField(node)])));
  const ofCase = {...variables, ...caseNames, form};
  return {
    ofCase,
    ofForm: {...ofCase, ...taskNames},
    ofTask: {...ofCase, ...taskNames, ...requestNames},
    ofCommand: {...ofCase, ...taskNames, ...actorNames, ...requestNames, ...commandNames},
    ofActor: {...ofCase, ...actorNames},
    ofEngine: {...variables, ...Object.fromEntries(outcomeVariables.map(name => [name, string]))},
  };
}

/** A value field of a form; `path` leads to its node in the file. */
export interface FormField {
  readonly name: string;
  readonly node: FormNode;
  /** Group of the field matrix: its own, or the nearest layout node's. */
  readonly group: string | null;
  readonly path: readonly string[];
}

/** The fields of a form in the order shown: children of layout nodes are lifted up, columns of tables are not. */
export function fieldsOfForm(form: FormSchema): readonly FormField[] {
  return collect(form.properties, null, ['properties']);
}

/** The fields of all forms, each name once. */
export function fieldsOfForms(forms: Bundle['forms']): readonly FormField[] {
  const found = new Map<string, FormField>();
  for (const id of Object.keys(forms).sort()) {
    for (const field of forms[id] ? fieldsOfForm(forms[id]) : []) if (!found.has(field.name)) found.set(field.name, field);
  }
  return [...found.values()];
}

/** The FEEL type of a field's value. */
export function typeOfField(node: FormNode): FeelType {
  if (node.type === 'string') return string;
  if (node.type === 'number' || node.type === 'integer') return number;
  if (node.type === 'boolean') return boolean;
  if (node.type === 'array') return listOf(node.items ? typeOfField(node.items) : any);
  return node.properties ? contextOf(Object.fromEntries(collect(node.properties, null, []).map(({name, node: inner}) => [name, typeOfField(inner)]))) : any;
}

function collect(properties: Readonly<Record<string, FormNode>>, group: string | null, path: readonly string[]): FormField[] {
  return Object.entries(properties).flatMap(([name, node]) => {
    const own = node['x-banli']?.group ?? group;
    const inner = [...path, name];
    return node.type === 'void' ? collect(node.properties ?? {}, own, [...inner, 'properties']) : [{name, node, group: own, path: inner}];
  });
}
