/** The parts of diagram-js and bpmn-js that the designer uses; both bring types for little of it. */

/** A moddle element: everything in the BPMN file. */
export interface ModdleElement {
  readonly $type: string;
  id?: string;
  $parent?: ModdleElement;
  get<T = unknown>(name: string): T;
  set(name: string, value: unknown): void;
  $instanceOf(type: string): boolean;
}

/** A shape or connection on the canvas. */
export interface DiagramElement {
  readonly id: string;
  readonly type: string;
  readonly businessObject: ModdleElement;
  readonly labelTarget?: DiagramElement;
  readonly source?: DiagramElement;
  readonly target?: DiagramElement;
  readonly waypoints?: unknown;
}

export interface Modeling {
  updateProperties(element: DiagramElement, properties: Readonly<Record<string, unknown>>): void;
  updateModdleProperties(element: DiagramElement, moddleElement: ModdleElement, properties: Readonly<Record<string, unknown>>): void;
  removeElements(elements: readonly DiagramElement[]): void;
}

export interface ElementRegistry {
  get(id: string): DiagramElement | undefined;
  filter(predicate: (element: DiagramElement) => boolean): DiagramElement[];
}

export interface EventBus {
  on(events: string | readonly string[], callback: (event: {readonly newSelection?: readonly DiagramElement[]}) => void): void;
}

/** A rectangle in the units of the drawing. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Canvas {
  addMarker(element: string, marker: string): void;
  removeMarker(element: string, marker: string): void;
  scrollToElement(element: DiagramElement): void;
  viewbox(box?: Box): Box & {readonly inner: Box; readonly outer: {readonly width: number; readonly height: number}};
  /** The scale; sets it where one is given, around the middle of what is seen. */
  zoom(scale?: number, center?: 'auto'): number;
  getRootElement(): DiagramElement;
  /** Measures the container again; the palette takes one column or two accordingly. */
  resized(): void;
}

export interface Overlays {
  add(element: string, type: string, overlay: {readonly position: {readonly top?: number; readonly right?: number; readonly bottom?: number}; readonly scale: {readonly min: number}; readonly html: HTMLElement}): string;
  remove(filter: {readonly type: string}): void;
}

export interface Selection {
  select(element: DiagramElement | null): void;
  get(): readonly DiagramElement[];
}

export interface BpmnFactory {
  create(type: string, properties?: Readonly<Record<string, unknown>>): ModdleElement;
}

export interface CommandStack {
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
}

export interface ElementFactory {
  createShape(attributes: Readonly<Record<string, unknown>>): DiagramElement;
}

export interface Create {
  start(event: unknown, elements: DiagramElement | readonly DiagramElement[], context?: Readonly<Record<string, unknown>>): void;
}

export interface AutoPlace {
  append(source: DiagramElement, shape: DiagramElement): void;
}

/** A button of the palette or of the pad beside an element. */
export interface ToolEntry {
  readonly group: string;
  readonly className?: string;
  readonly title?: string;
  readonly separator?: boolean;
  readonly action?: Readonly<Record<string, (event: unknown, element: DiagramElement) => void>>;
}
