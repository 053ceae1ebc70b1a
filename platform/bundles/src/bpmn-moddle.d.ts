/** The part of bpmn-moddle that we use; the package brings no types. */
declare module 'bpmn-moddle' {
  export interface ModdleElement {
    readonly $type: string;
    id?: string;
    get(name: string): unknown;
    set(name: string, value: unknown): void;
  }

  export default class BpmnModdle {
    constructor(packages?: Readonly<Record<string, unknown>>);
    fromXML(xml: string): Promise<{rootElement: ModdleElement; warnings: ReadonlyArray<{message: string}>}>;
    toXML(element: ModdleElement, options?: {format?: boolean}): Promise<{xml: string}>;
  }
}
