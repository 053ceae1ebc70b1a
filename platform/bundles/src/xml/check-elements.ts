import {bundleErrors} from '../errors.js';
import type {Report} from '../report.js';
import {elementRules} from './elements.js';
import type {XmlElement} from './read-xml.js';

/** Reports every element and attribute of a drawing that `elementRules` does not allow. A refused element is reported once, without its content. */
export function checkElements(root: XmlElement, report: Report): void {
  visit(root, '', '', report);
}

function visit(element: XmlElement, parent: string, owner: string, report: Report): void {
  const id = element.attributes['id'] ?? owner;
  const place = {line: element.line, column: element.column, ...(id ? {element: id} : {})};
  const rule = Object.hasOwn(elementRules, element.name) ? elementRules[element.name] : undefined;
  if (!rule) return report(bundleErrors.ELEMENT_REFUSED, {name: element.name}, place);
  if (!rule.parents.includes(parent)) return report(bundleErrors.ELEMENT_PLACE, {name: element.name, parent: parent || 'the file'}, place);
  for (const [attribute, value] of Object.entries(element.attributes)) {
    const values = rule.values && Object.hasOwn(rule.values, attribute) ? rule.values[attribute] : undefined;
    if (!rule.attributes.includes(attribute)) report(bundleErrors.ATTRIBUTE_REFUSED, {name: element.name, attribute}, place);
    else if (values && !values.includes(value)) report(bundleErrors.ATTRIBUTE_VALUE, {name: element.name, attribute, value, allowed: values}, place);
  }
  for (const attribute of rule.required ?? []) {
    if (!element.attributes[attribute]?.trim()) report(bundleErrors.ATTRIBUTE_MISSING, {name: element.name, attribute}, place);
  }
  for (const child of element.children) visit(child, element.name, id, report);
}
