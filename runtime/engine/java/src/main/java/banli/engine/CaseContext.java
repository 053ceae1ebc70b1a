package banli.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;

/**
 * One command of the engine, whoever sent it. It notes which instances the command changed; unless {@code apply} answers for the
 * change itself, it writes a row of the change feed and a new revision in the same transaction, before the engine writes its own
 * rows: so every writer locks the case first, and nobody waits in a circle.
 */
class CaseContext extends CommandContext {
  /** Instance id → the last thing that happened to it. */
  private final Map<String, String> touched = new LinkedHashMap<>();
  /** Ended instance id → the end event that ended it, or null when it was cancelled. */
  final Map<String, String> ends = new HashMap<>();
  /** Set by {@code apply}, which writes the revision with its own row. */
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

  /** Hands the engine's history events, which cover every move of a token, to the command that made them. */
  static final class Watch implements HistoryEventHandler {
    @Override
    public void handleEvent(HistoryEvent event) {
      if (event.getProcessInstanceId() == null || !(Context.getCommandContext() instanceof CaseContext command)) return;
      // The engine gives no type to the log of a failed external task.
      command.touched.put(event.getProcessInstanceId(), event.getEventType() == null ? "externalTaskFail" : event.getEventType());
      if (event instanceof HistoricProcessInstanceEventEntity instance && event.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_END)) {
        boolean completed = HistoricProcessInstance.STATE_COMPLETED.equals(instance.getState());
        command.ends.put(event.getProcessInstanceId(), completed ? instance.getEndActivityId() : null);
      }
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
      events.forEach(this::handleEvent);
    }
  }
}
