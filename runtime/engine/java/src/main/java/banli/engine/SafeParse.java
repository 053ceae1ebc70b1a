package banli.engine;

import java.util.Set;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Refuses, with the element's id, whatever could run code, before the engine looks at the definition. Of the engine's own
 * extensions only the listed ones are let through, so a new or forgotten one is refused, not run.
 */
class SafeParse extends BpmnParse {
  private static final Set<String> EXTENSION_ELEMENTS = Set.of("properties", "property", "failedJobRetryTimeCycle");
  private static final Set<String> EXTENSION_ATTRIBUTES = Set.of("type", "topic", "taskPriority", "jobPriority", "historyTimeToLive", "versionTag",
      "asyncBefore", "asyncAfter", "exclusive", "isStartableInTasklist", "assignee", "candidateUsers", "candidateGroups", "priority");

  SafeParse(BpmnParser parser) {
    super(parser);
  }

  @Override
  protected void parseRootElement() {
    check(rootElement, null);
    if (!hasErrors()) super.parseRootElement();
  }

  private void check(Element element, String surrounding) {
    String id = element.attribute("id") != null ? element.attribute("id") : surrounding;
    String tag = element.getTagName();
    if (isExtension(element.getUri()) && !EXTENSION_ELEMENTS.contains(tag)) refuse("the extension element <" + tag + ">", element, id);
    if (tag.equals("scriptTask")) refuse("a script task", element, id);
    String language = element.attribute("language");
    if (language != null && !language.equalsIgnoreCase("feel")) refuse("the language '" + language + "'", element, id);
    for (String key : element.attributes()) {
      int colon = key.lastIndexOf(':');
      String name = key.substring(colon + 1);
      String value = element.attribute(key);
      if (colon > 0 && isExtension(key.substring(0, colon))) {
        if (!EXTENSION_ATTRIBUTES.contains(name)) refuse("the extension attribute '" + name + "'", element, id);
        if (name.equals("type") && !value.equals("external")) refuse("a service of type '" + value + "'", element, id);
      }
      if (!Hardening.isPlain(value)) refuse("the expression " + value, element, id);
    }
    if (!tag.equals("text") && !Hardening.isPlain(element.getText())) refuse("the expression " + element.getText().trim(), element, id);
    for (Element child : element.elements()) check(child, id);
  }

  private void refuse(String what, Element element, String id) {
    addError("BANLI_CODE_REFUSED: " + what + " is not allowed", element, id == null ? "definitions" : id);
  }

  /** The namespaces in which the engine looks for its own extensions, under any of its names. */
  private static boolean isExtension(String uri) {
    return uri != null && (uri.endsWith("/bpmn") || uri.endsWith("/fox"));
  }
}
