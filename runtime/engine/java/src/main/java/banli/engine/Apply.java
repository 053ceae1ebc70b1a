package banli.engine;

import com.fasterxml.jackson.databind.*;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.function.BiFunction;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/**
 * Runs the operations of one case in one engine transaction, exactly once for each sequence number: the number, the answer and the engine's rows commit
 * together. A refusal takes its number, too; only "again" leaves it free.
 */
@Component
public class Apply {
  private static final int MOST_ATTEMPTS = 5;
  private final ProcessEngineConfigurationImpl engine;
  private final CaseTable table;
  private final Operations operations;
  private final CaseState state;
  private final ObjectMapper json;

  public Apply(ProcessEngineConfigurationImpl engine, CaseTable table, Operations operations, CaseState state, ObjectMapper json) {
    this.engine = engine;
    this.table = table;
    this.operations = operations;
    this.state = state;
    this.json = json;
  }

  CaseTable.Answer run(String caseId, long seq, JsonNode list, boolean tree) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(caseId, seq, (command, row) -> operate(command, row, seq, list, tree));
      } catch (RuntimeException failure) {
        Refusal refusal = Refusal.of(failure, -1);
        if (refusal.kind != Refusal.Kind.again) return once(caseId, seq, (command, row) -> note(row, seq, refusal));
        if (attempt == MOST_ATTEMPTS || !refusal.isCollision()) return refusal.answer(json);
      }
    }
  }

  /** One transaction under the lock of the case; does nothing for a number that was answered before. */
  private CaseTable.Answer once(String caseId, long seq, BiFunction<CaseContext, CaseTable.Row, CaseTable.Answer> work) {
    return engine.getCommandExecutorTxRequired().execute(command -> {
      ((CaseContext) command).applying = true;
      CaseTable.Row row = table.lock(caseId);
      long last = row == null ? 0 : row.seq();
      if (seq > last + 1) throw new Refusal(Refusal.Kind.again, "sequence number " + seq + " came, but the last one applied is " + last);
      if (seq > last) return work.apply((CaseContext) command, row == null ? table.create(caseId) : row);
      CaseTable.Answer then = table.answered(caseId, seq);
      return new CaseTable.Answer(then.status(), "{\"repeated\":true," + then.body().substring(1));
    });
  }

  private CaseTable.Answer operate(CaseContext command, CaseTable.Row before, long seq, JsonNode list, boolean tree) {
    ArrayNode skipped = json.createArrayNode();
    String instanceId = operations.run(command, before, list, skipped);
    CaseTable.Row row = state.after(command, before, instanceId, seq);
    var body = json.createObjectNode();
    body.set("state", state.read(command, row, tree));
    body.set("skipped", skipped);
    CaseTable.Answer answer = new CaseTable.Answer(200, body.toString());
    table.save(row, answer);
    return answer;
  }

  private CaseTable.Answer note(CaseTable.Row row, long seq, Refusal refusal) {
    CaseTable.Answer answer = refusal.answer(json);
    table.save(new CaseTable.Row(row.caseId(), row.instanceId(), row.definitionId(), seq, row.revision(), row.ended(), row.endActivityId()), answer);
    return answer;
  }
}
