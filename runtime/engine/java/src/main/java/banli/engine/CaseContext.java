package banli.engine;

import java.util.*;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.*;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * One command of the engine, whoever sent it, and the instances it changed. Unless {@code apply} answers for the change itself, a row of the change feed and a
 * new revision are written in the same transaction, before the engine's own rows: so every writer locks the case first, and nobody waits in a circle.
 */
class CaseContext extends CommandContext {
  /** Instance id → the last thing that happened to it. */
  private final Map<String, String> touched = new LinkedHashMap<>();
  /** Ended instance id → the end event that ended it, or null when it was cancelled. */
  final Map<String, String> ends = new HashMap<>();
  boolean applying;
  private final CaseTable table;

  CaseContext(ProcessEngineConfigurationImpl engine, CaseTable table) {
    super(engine);
    this.table = table;
  }

  @Override
  protected void fireCommandContextClose() {
    super.fireCommandContextClose();
    if (!applying) touched.forEach((instanceId, kind) -> table.noteChange(instanceId, kind, ends.containsKey(instanceId), ends.get(instanceId)));
  }

  private void see(HistoryEvent event) {
    String instanceId = event.getProcessInstanceId();
    // The engine gives no type to the log of a failed external task.
    touched.put(instanceId, event.getEventType() == null ? "externalTaskFail" : event.getEventType());
    if (!(event instanceof HistoricProcessInstanceEventEntity instance) || !event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_END)) return;
    ends.put(instanceId, HistoricProcessInstance.STATE_COMPLETED.equals(instance.getState()) ? instance.getEndActivityId() : null);
  }

  /** Hands the engine's history events, which cover every move of a token, to the command that made them. */
  static final class Watch implements HistoryEventHandler {
    @Override
    public void handleEvent(HistoryEvent event) {
      if (event.getProcessInstanceId() != null && Context.getCommandContext() instanceof CaseContext command) command.see(event);
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
      events.forEach(this::handleEvent);
    }
  }
}
