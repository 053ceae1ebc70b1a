type Files = Readonly<Record<string, string>>;

/** A way to smuggle something into a bundle, and the problems that must be told: code and element, or `null` for the file as such. */
export interface Hostile {
  readonly title: string;
  readonly files: Files;
  readonly problems: ReadonlyArray<readonly [code: string, element: string | null]>;
}

const drawing = 'processes/hotlineCase.bpmn';
const form = 'forms/case.form.json';

/** What a hostile author would try with the hotline's files. */
export function hostileFiles(files: Files): readonly Hostile[] {
  const xml = files[drawing] ?? '';
  const script = '<bpmn:scriptTask id="evilScript" name="x" scriptFormat="javascript"><bpmn:script>java.lang.Runtime</bpmn:script></bpmn:scriptTask>';
  const many = swap(xml, [
    ['<bpmn:startEvent id="callAccepted"', `${script}<bpmn:startEvent id="callAccepted"`],
    ['<bpmn:serviceTask id="sendAcceptNotice"', '<bpmn:serviceTask id="sendAcceptNotice" camunda:class="evil.Delegate"'],
    ['<bpmn:definitions ', '<bpmn:definitions xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '],
    ['<banli:input name="anonymous" value="anonymous" />', '<banli:input name="anonymous" value="anonymous" /><camunda:executionListener class="evil.Listener" event="start" />'],
    ['language="feel">intakeRoute = &quot;reply&quot;', "language=\"juel\">${''.getClass().forName('java.lang.Runtime')}"],
    ['language="feel">intakeRoute = &quot;dispatch&quot;', 'language="feel">evil(intakeRoute)'],
  ]);
  return [
    {title: 'an entity', files: {[drawing]: xml.replace('?>', '?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')}, problems: [['BUNDLES_XML_DOCTYPE', null]]},
    {
      title: 'code in the drawing',
      files: {[drawing]: many, [form]: swap(files[form] ?? '', [['"title": "姓名"', '"title": "{{globalThis.process.exit()}}"']])},
      problems: [
        ['BUNDLES_ELEMENT_REFUSED', 'evilScript'], ['BUNDLES_ATTRIBUTE_REFUSED', 'sendAcceptNotice'], ['BUNDLES_ELEMENT_REFUSED', 'sendAcceptNotice'],
        ['BUNDLES_CONDITION_LANGUAGE', 'toReplyDirectly'], ['EXPRESSIONS_FUNCTION_UNKNOWN', 'toProposeDispatch'], ['BUNDLES_FORM_EXPRESSION', null],
      ],
    },
  ];
}

/** @throws Error when there is nothing to replace: the template has changed. */
function swap(text: string, pairs: ReadonlyArray<readonly [find: string, put: string]>): string {
  return pairs.reduce((result, [find, put]) => {
    if (!result.includes(find)) throw new Error(`Nothing to replace: ${find}`);
    return result.replace(find, () => put);
  }, text);
}
