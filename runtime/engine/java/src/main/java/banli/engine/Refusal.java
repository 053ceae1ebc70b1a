package banli.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import org.camunda.bpm.engine.*;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Why apply did nothing, in the three classes the relay acts upon; {@code operation} is the index of the one to blame, or -1. */
class Refusal extends RuntimeException {
  enum Kind { gone, refused, again }

  private static final int MOST_CHARACTERS = 1_000;
  final Kind kind;
  final int operation;

  private Refusal(Kind kind, int operation, String reason, Throwable cause) {
    super(reason.length() > MOST_CHARACTERS ? reason.substring(0, MOST_CHARACTERS) : reason, cause);
    this.kind = kind;
    this.operation = operation;
  }

  Refusal(Kind kind, String reason) {
    this(kind, -1, reason, null);
  }

  /**
   * Sorts any failure. A value that fits no column never will (SQL state 22); all else the database says may pass, and a definition that was lost is deployed again. An engine
   * that is ending interrupts what it is at: that says nothing about the command.
   */
  static Refusal of(Throwable failure, int operation) {
    String reason = String.valueOf(failure.getMessage());
    if (failure instanceof Refusal known) return known.operation >= 0 ? known : new Refusal(known.kind, operation, reason, known.getCause());
    Kind kind = reason.matches("(?s).*Activity instance '[^']*' does not exist.*") ? Kind.gone : reason.contains("no deployed process definition found with id") || EngineMain.ending ? Kind.again : Kind.refused;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException database && String.valueOf(database.getSQLState()).startsWith("22")) return new Refusal(Kind.refused, operation, reason, failure);
      if (cause instanceof SQLException || cause instanceof InterruptedException || cause instanceof OptimisticLockingException || cause instanceof SuspendedEntityInteractionException
          || cause instanceof DataAccessException || cause instanceof TransactionException) kind = Kind.again;
    }
    return new Refusal(kind, operation, reason, failure);
  }

  /** Retrying at once helps only where another transaction was in the way. */
  boolean isCollision() {
    return kind == Kind.again && getCause() != null && !(getCause() instanceof SuspendedEntityInteractionException);
  }

  CaseTable.Answer answer(ObjectMapper json) {
    var body = json.createObjectNode().put("class", kind.name()).put("reason", getMessage());
    if (operation >= 0) body.put("operation", operation);
    return new CaseTable.Answer(switch (kind) { case gone -> 409; case refused -> 422; case again -> 503; }, body.toString());
  }
}
