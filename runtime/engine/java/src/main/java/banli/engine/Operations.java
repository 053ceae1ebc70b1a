package banli.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExternalTaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;

/** The operations of apply. Each one works only on the instance of its own case. */
@Component
public class Operations {
  private final RuntimeService runtime;
  private final TaskService tasks;

  public Operations(RuntimeService runtime, TaskService tasks) {
    this.runtime = runtime;
    this.tasks = tasks;
  }

  /** Runs all in order and returns the case's instance id. Indexes of operations that found nothing to do go to {@code skipped}. */
  String run(CaseContext command, CaseTable.Row row, JsonNode list, ArrayNode skipped) {
    String instanceId = row.instanceId();
    for (int index = 0; index < list.size(); index++) {
      JsonNode operation = list.get(index);
      try {
        if (text(operation, "kind").equals("start")) instanceId = start(row.caseId(), instanceId, operation);
        else if (instanceId == null) throw Refusal.refused("the case was not started");
        else if (!one(command, instanceId, row.ended() || command.ends.containsKey(instanceId), operation)) skipped.add(index);
      } catch (RuntimeException failure) {
        throw Refusal.of(failure, index);
      }
    }
    return instanceId;
  }

  private String start(String caseId, String instanceId, JsonNode operation) {
    if (instanceId != null) throw Refusal.refused("the case was started before");
    ProcessInstance instance = runtime.createProcessInstanceById(text(operation, "definitionId")).businessKey(caseId).setVariables(variables(operation)).execute();
    return instance.getId();
  }

  private boolean one(CaseContext command, String instanceId, boolean ended, JsonNode operation) {
    String kind = text(operation, "kind");
    Map<String, Object> variables = variables(operation);
    if (ended && kind.equals("message")) return false;
    if (ended) throw Refusal.gone("the instance has ended");
    switch (kind) {
      case "complete" -> tasks.complete(task(command, instanceId, text(operation, "taskId")), variables);
      case "completeExternal" -> external(command, instanceId, operation).complete(variables, null);
      case "bpmnError" -> external(command, instanceId, operation).bpmnError(text(operation, "errorCode"), null, variables);
      case "message" -> { return message(command, instanceId, operation, variables); }
      case "modify" -> modify(instanceId, operation, variables);
      case "setVariables" -> runtime.setVariables(instanceId, variables);
      case "cancel" -> runtime.deleteProcessInstance(instanceId, text(operation, "reason"), true, true, true);
      default -> throw Refusal.refused("there is no operation '" + kind + "'");
    }
    return true;
  }

  private static String task(CaseContext command, String instanceId, String taskId) {
    TaskEntity task = command.getTaskManager().findTaskById(taskId);
    if (task == null || command.getDbEntityManager().isDeleted(task)) throw Refusal.gone("there is no open task " + taskId);
    if (!instanceId.equals(task.getProcessInstanceId())) throw Refusal.refused("task " + taskId + " belongs to another case");
    return taskId;
  }

  private static ExternalTaskEntity external(CaseContext command, String instanceId, JsonNode operation) {
    String id = text(operation, "externalTaskId");
    ExternalTaskEntity task = command.getExternalTaskManager().findExternalTaskById(id);
    if (task == null || command.getDbEntityManager().isDeleted(task)) throw Refusal.gone("there is no open external task " + id);
    if (!instanceId.equals(task.getProcessInstanceId())) throw Refusal.refused("external task " + id + " belongs to another case");
    return task;
  }

  private static boolean message(CaseContext command, String instanceId, JsonNode operation, Map<String, Object> variables) {
    String name = text(operation, "messageName");
    String executionId = operation.path("executionId").asText(null);
    String activityId = operation.path("activityId").asText(null);
    List<EventSubscriptionEntity> waiting = CaseState.executions(command, instanceId).stream().flatMap(execution -> execution.getEventSubscriptions().stream())
        .filter(each -> each.isSubscriptionForEventType(EventType.MESSAGE) && name.equals(each.getEventName()))
        .filter(each -> executionId == null || executionId.equals(each.getExecutionId()))
        .filter(each -> activityId == null || activityId.equals(each.getActivityId())).toList();
    if (waiting.size() > 1) throw Refusal.refused(waiting.size() + " subscriptions wait for the message '" + name + "'");
    if (waiting.isEmpty()) return false;
    waiting.get(0).eventReceived(variables, false);
    return true;
  }

  private void modify(String instanceId, JsonNode operation, Map<String, Object> variables) {
    if (!variables.isEmpty()) runtime.setVariables(instanceId, variables);
    var modification = runtime.createProcessInstanceModification(instanceId);
    for (JsonNode step : operation.path("instructions")) {
      switch (text(step, "type")) {
        case "startBefore" -> {
          String ancestor = step.path("ancestorActivityInstanceId").asText(null);
          if (ancestor == null) modification.startBeforeActivity(text(step, "activityId"));
          else modification.startBeforeActivity(text(step, "activityId"), ancestor);
        }
        case "cancelInstance" -> modification.cancelActivityInstance(text(step, "activityInstanceId"));
        case "cancelAll" -> modification.cancelAllForActivity(text(step, "activityId"));
        default -> throw Refusal.refused("there is no instruction '" + text(step, "type") + "'");
      }
    }
    modification.execute(true, true);
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null || !value.isTextual()) throw Refusal.refused("'" + field + "' must be a text");
    return value.textValue();
  }

  private static Map<String, Object> variables(JsonNode operation) {
    Map<String, Object> result = new HashMap<>();
    operation.path("variables").fields().forEachRemaining(entry -> result.put(entry.getKey(), plain(entry.getKey(), entry.getValue())));
    return result;
  }

  private static Object plain(String name, JsonNode value) {
    if (value.isNull()) return null;
    if (value.isTextual()) return value.textValue();
    if (value.isBoolean()) return value.booleanValue();
    if (value.isInt()) return value.intValue();
    if (value.isLong()) return value.longValue();
    if (value.isNumber()) return value.doubleValue();
    throw Refusal.refused("variable '" + name + "' must be a text, a number, a boolean or null");
  }
}
