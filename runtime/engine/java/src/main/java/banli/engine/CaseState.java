package banli.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.*;
import java.util.*;
import org.camunda.bpm.engine.impl.cmd.GetActivityInstanceCmd;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmScope;
import org.camunda.bpm.engine.runtime.*;
import org.springframework.stereotype.Component;

/** Reads where a case stands from the entities of the running command: after apply most of it is in memory, and nothing is asked twice. */
@Component
public class CaseState {
  private final ObjectMapper json;

  public CaseState(ObjectMapper json) {
    this.json = json;
  }

  /** The case's row as it is after a command: next revision, and the end if the command reached it. */
  CaseTable.Row after(CaseContext command, CaseTable.Row row, String instanceId, long seq) {
    boolean endsNow = command.ends.containsKey(instanceId);
    ExecutionEntity root = instanceId == null || endsNow || row.ended() ? null : command.getExecutionManager().findExecutionById(instanceId);
    String definitionId = row.definitionId() != null || root == null ? row.definitionId() : root.getProcessDefinitionId();
    return new CaseTable.Row(row.caseId(), instanceId, definitionId, seq, row.revision() + 1, row.ended() || endsNow, endsNow ? command.ends.get(instanceId) : row.endActivityId());
  }

  /** All executions of an instance, parents first. */
  static List<ExecutionEntity> executions(CommandContext command, String instanceId) {
    List<ExecutionEntity> result = new ArrayList<>();
    ExecutionEntity root = command.getExecutionManager().findExecutionById(instanceId);
    if (root != null) result.add(root);
    for (int i = 0; i < result.size(); i++) result.addAll(result.get(i).getExecutions());
    return result;
  }

  /** The token tree only on demand: it costs a query, and who projects tasks needs none. */
  ObjectNode read(CommandContext command, CaseTable.Row row, boolean withTree) {
    ObjectNode state = json.createObjectNode().put("caseId", row.caseId()).put("instanceId", row.instanceId()).put("definitionId", row.definitionId())
        .put("revision", row.revision()).put("seq", row.seq()).put("ended", row.ended()).put("endActivityId", row.endActivityId());
    ArrayNode tasks = state.putArray("tasks");
    ArrayNode externals = state.putArray("externalTasks");
    ArrayNode subscriptions = state.putArray("subscriptions");
    ArrayNode incidents = state.putArray("incidents");
    state.putNull("tree");
    if (row.ended() || row.instanceId() == null) return state;
    for (ExecutionEntity execution : executions(command, row.instanceId())) {
      execution.getTasks().forEach(task -> tasks.addObject().put("id", task.getId()).put("stepId", task.getTaskDefinitionKey())
          .put("executionId", execution.getId()).put("activityInstanceId", execution.getActivityInstanceId()).put("scopeId", execution.getParentActivityInstanceId())
          .put("loopCounter", loopCounter(execution)).put("createdAt", task.getCreateTime().getTime()));
      execution.getExternalTasks().forEach(task -> externals.addObject().put("id", task.getId()).put("stepId", task.getActivityId())
          .put("topic", task.getTopicName()).put("executionId", execution.getId()).put("retries", task.getRetries()).put("errorMessage", task.getErrorMessage()));
      execution.getEventSubscriptions().stream().filter(each -> "message".equals(each.getEventType())).forEach(each -> subscriptions.addObject()
          .put("messageName", each.getEventName()).put("activityId", each.getActivityId()).put("executionId", execution.getId()));
      execution.getIncidents().forEach(each -> incidents.addObject().put("activityId", each.getActivityId()).put("type", each.getIncidentType()).put("message", each.getIncidentMessage()));
    }
    if (!withTree) return state;
    // The engine's own tree; incidents are read above, from the executions, which know whether there are any.
    ActivityInstance tree = new GetActivityInstanceCmd(row.instanceId()) {
      @Override
      protected Map<String, List<Incident>> groupIncidentIdsByExecutionId(CommandContext context) {
        return Map.of();
      }
    }.execute(command);
    if (tree != null) state.set("tree", node(tree));
    return state;
  }

  private ObjectNode node(ActivityInstance instance) {
    ObjectNode node = json.createObjectNode().put("activityInstanceId", instance.getId()).put("activityId", instance.getActivityId()).put("activityType", instance.getActivityType());
    ArrayNode children = node.putArray("children");
    for (ActivityInstance child : instance.getChildActivityInstances()) children.add(node(child));
    for (var waiting : instance.getChildTransitionInstances()) {
      children.addObject().put("activityInstanceId", waiting.getId()).put("activityId", waiting.getActivityId()).put("activityType", waiting.getActivityType()).putArray("children");
    }
    return node;
  }

  /** Asked only inside a multi-instance, as a variable costs a query. */
  private static Integer loopCounter(ExecutionEntity execution) {
    for (PvmScope scope = execution.getActivity(); scope != null && scope != scope.getProcessDefinition(); scope = scope.getFlowScope()) {
      if (scope.getId().endsWith("#multiInstanceBody")) return (Integer) execution.getVariable("loopCounter");
    }
    return null;
  }
}
