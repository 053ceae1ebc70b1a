package banli.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.*;
import org.camunda.bpm.engine.*;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.persistence.entity.*;
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
        else if (instanceId == null) throw refused("the case was not started");
        else if (!one(command, instanceId, row.ended() || command.ends.containsKey(instanceId), operation)) skipped.add(index);
      } catch (RuntimeException failure) {
        throw Refusal.of(failure, index);
      }
    }
    return instanceId;
  }

  private String start(String caseId, String instanceId, JsonNode operation) {
    if (instanceId != null) throw refused("the case was started before");
    return runtime.createProcessInstanceById(text(operation, "definitionId")).businessKey(caseId).setVariables(variables(operation)).execute().getId();
  }

  private boolean one(CaseContext command, String instanceId, boolean ended, JsonNode operation) {
    String kind = text(operation, "kind");
    Map<String, Object> variables = variables(operation);
    if (ended && kind.equals("message")) return false;
    if (ended) throw new Refusal(Refusal.Kind.gone, "the instance has ended");
    switch (kind) {
      case "complete" -> {
        TaskEntity task = command.getTaskManager().findTaskById(text(operation, "taskId"));
        tasks.complete(open(command, instanceId, task, task == null ? null : task.getProcessInstanceId()).getId(), variables);
      }
      case "completeExternal" -> external(command, instanceId, operation).complete(variables, null);
      case "bpmnError" -> external(command, instanceId, operation).bpmnError(text(operation, "errorCode"), null, variables);
      case "message" -> { return message(command, instanceId, operation, variables); }
      case "modify" -> modify(instanceId, operation, variables);
      case "setVariables" -> runtime.setVariables(instanceId, variables);
      case "cancel" -> runtime.deleteProcessInstance(instanceId, text(operation, "reason"), true, true, true);
      default -> throw refused("there is no operation '" + kind + "'");
    }
    return true;
  }

  private static ExternalTaskEntity external(CaseContext command, String instanceId, JsonNode operation) {
    ExternalTaskEntity task = command.getExternalTaskManager().findExternalTaskById(text(operation, "externalTaskId"));
    return open(command, instanceId, task, task == null ? null : task.getProcessInstanceId());
  }

  private static <T extends DbEntity> T open(CaseContext command, String instanceId, T task, String instanceOfTask) {
    if (task == null || command.getDbEntityManager().isDeleted(task)) throw new Refusal(Refusal.Kind.gone, "the task is not open any more");
    if (!instanceId.equals(instanceOfTask)) throw refused("task " + task.getId() + " belongs to another case");
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
    if (waiting.size() > 1) throw refused(waiting.size() + " subscriptions wait for the message '" + name + "'");
    waiting.forEach(each -> each.eventReceived(variables, false));
    return !waiting.isEmpty();
  }

  private void modify(String instanceId, JsonNode operation, Map<String, Object> variables) {
    if (!variables.isEmpty()) runtime.setVariables(instanceId, variables);
    var modification = runtime.createProcessInstanceModification(instanceId);
    for (JsonNode step : operation.path("instructions")) {
      String ancestor = step.path("ancestorActivityInstanceId").asText(null);
      switch (text(step, "type")) {
        case "startBefore" -> modification = ancestor == null ? modification.startBeforeActivity(text(step, "activityId")) : modification.startBeforeActivity(text(step, "activityId"), ancestor);
        case "cancelInstance" -> modification = modification.cancelActivityInstance(text(step, "activityInstanceId"));
        case "cancelAll" -> modification = modification.cancelAllForActivity(text(step, "activityId"));
        default -> throw refused("there is no instruction '" + text(step, "type") + "'");
      }
    }
    modification.execute(true, true);
  }

  private static Refusal refused(String reason) {
    return new Refusal(Refusal.Kind.refused, reason);
  }

  private static String text(JsonNode node, String field) {
    if (!node.path(field).isTextual()) throw refused("'" + field + "' must be a text");
    return node.get(field).textValue();
  }

  private static Map<String, Object> variables(JsonNode operation) {
    Map<String, Object> result = new HashMap<>();
    operation.path("variables").fields().forEachRemaining(each -> result.put(each.getKey(), value(each.getKey(), each.getValue())));
    return result;
  }

  private static Object value(String name, JsonNode value) {
    return switch (value.getNodeType()) {
      case NULL -> null;
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.isInt() || value.isLong() ? value.numberValue() : (Object) value.doubleValue();
      default -> throw refused("variable '" + name + "' must be a text, a number, a boolean or null");
    };
  }
}
