package banli.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.springframework.stereotype.Component;

/**
 * Runs the operations of one case in one engine transaction, exactly once for each sequence number: the number, the answer and the
 * engine's rows commit together. A refusal takes its number, too; only "again" leaves it free.
 */
@Component
public class Apply {
  private static final int MOST_ATTEMPTS = 5;
  private final CommandExecutor engine;
  private final CaseTable table;
  private final Operations operations;
  private final CaseState state;
  private final ObjectMapper json;

  public Apply(ProcessEngineConfigurationImpl engine, CaseTable table, Operations operations, CaseState state, ObjectMapper json) {
    this.engine = engine.getCommandExecutorTxRequired();
    this.table = table;
    this.operations = operations;
    this.state = state;
    this.json = json;
  }

  CaseTable.Answer run(String caseId, long seq, JsonNode list) {
    for (int attempt = 1; ; attempt++) {
      try {
        return engine.execute(command -> once((CaseContext) command, caseId, seq, list));
      } catch (RuntimeException failure) {
        Refusal refusal = Refusal.of(failure, -1);
        if (refusal.kind != Refusal.Kind.again) return remember(caseId, seq, refusal);
        if (attempt == MOST_ATTEMPTS || !refusal.isCollision()) return refusal.answer(json);
      }
    }
  }

  private CaseTable.Answer once(CaseContext command, String caseId, long seq, JsonNode list) {
    command.applying = true;
    CaseTable.Row row = open(caseId, seq);
    if (seq <= row.seq()) return repeated(caseId, seq);
    ArrayNode skipped = json.createArrayNode();
    String instanceId = operations.run(command, row, list, skipped);
    row = state.after(command, row, instanceId, seq);
    ObjectNode body = json.createObjectNode();
    body.set("state", state.read(command, row));
    body.set("skipped", skipped);
    CaseTable.Answer answer = new CaseTable.Answer(200, body.toString());
    table.save(row, answer);
    return answer;
  }

  private CaseTable.Row open(String caseId, long seq) {
    CaseTable.Row row = table.lock(caseId);
    long last = row == null ? 0 : row.seq();
    if (seq > last + 1) throw Refusal.again("sequence number " + seq + " came, but the last one applied is " + last);
    return row == null ? table.create(caseId) : row;
  }

  private CaseTable.Answer repeated(String caseId, long seq) {
    CaseTable.Answer then = table.answered(caseId, seq);
    return new CaseTable.Answer(then.status(), "{\"repeated\":true," + then.body().substring(1));
  }

  /** Notes a refusal under its number, unless another call with the same number got through meanwhile. */
  private CaseTable.Answer remember(String caseId, long seq, Refusal refusal) {
    return engine.execute(command -> {
      ((CaseContext) command).applying = true;
      CaseTable.Row row = open(caseId, seq);
      if (seq <= row.seq()) return repeated(caseId, seq);
      CaseTable.Answer answer = refusal.answer(json);
      table.save(new CaseTable.Row(caseId, row.instanceId(), row.definitionId(), seq, row.revision(), row.ended(), row.endActivityId()), answer);
      return answer;
    });
  }
}
