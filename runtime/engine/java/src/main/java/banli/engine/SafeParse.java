package banli.engine;

import java.util.Set;
import org.camunda.bpm.engine.impl.bpmn.parser.*;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Refuses, with the element's id, whatever could run code, before the engine reads the definition. Of the engine's own extensions only the listed ones pass. */
class SafeParse extends BpmnParse {
  private static final Set<String> EXTENSION_ELEMENTS = Set.of("properties", "property", "failedJobRetryTimeCycle");
  private static final Set<String> EXTENSION_ATTRIBUTES = Set.of("type", "topic", "taskPriority", "jobPriority", "historyTimeToLive", "versionTag",
      "asyncBefore", "asyncAfter", "exclusive", "isStartableInTasklist", "assignee", "candidateUsers", "candidateGroups", "priority");

  SafeParse(BpmnParser parser) {
    super(parser);
  }

  @Override
  protected void parseRootElement() {
    check(rootElement, "definitions");
    if (!hasErrors()) super.parseRootElement();
  }

  private void check(Element element, String surrounding) {
    String tag = element.getTagName();
    String language = element.attribute("language", "feel");
    String id = element.attribute("id", surrounding);
    if (isExtension(element.getUri()) && !EXTENSION_ELEMENTS.contains(tag)) refuse("the extension element <" + tag + ">", element, id);
    if (tag.equals("scriptTask")) refuse("a script task", element, id);
    if (!language.equalsIgnoreCase("feel")) refuse("the language '" + language + "'", element, id);
    for (String key : element.attributes()) checkAttribute(element, key, element.attribute(key), id);
    if (!tag.equals("text") && !Hardening.isPlain(element.getText())) refuse("the expression " + element.getText().trim(), element, id);
    for (Element child : element.elements()) check(child, id);
  }

  private void checkAttribute(Element element, String key, String value, String id) {
    int colon = key.lastIndexOf(':');
    String name = key.substring(colon + 1);
    boolean extension = colon > 0 && isExtension(key.substring(0, colon));
    if (extension && !EXTENSION_ATTRIBUTES.contains(name)) refuse("the extension attribute '" + name + "'", element, id);
    if (extension && name.equals("type") && !value.equals("external")) refuse("a service of type '" + value + "'", element, id);
    if (!Hardening.isPlain(value)) refuse("the expression " + value, element, id);
  }

  private void refuse(String what, Element element, String id) {
    addError("BANLI_CODE_REFUSED: " + what + " is not allowed", element, id);
  }

  /** The namespaces in which the engine looks for its own extensions, under any of its names. */
  private static boolean isExtension(String uri) {
    return uri != null && (uri.endsWith("/bpmn") || uri.endsWith("/fox"));
  }
}
