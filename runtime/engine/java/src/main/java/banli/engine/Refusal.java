package banli.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Why apply did nothing, in the three classes the relay acts upon; {@code operation} is the index of the one to blame, or -1. */
class Refusal extends RuntimeException {
  enum Kind { gone, refused, again }

  private static final int MOST_CHARACTERS = 1_000;
  final Kind kind;
  final int operation;

  Refusal(Kind kind, int operation, String reason, Throwable cause) {
    super(reason, cause);
    this.kind = kind;
    this.operation = operation;
  }

  static Refusal gone(String reason) {
    return new Refusal(Kind.gone, -1, reason, null);
  }

  static Refusal refused(String reason) {
    return new Refusal(Kind.refused, -1, reason, null);
  }

  static Refusal again(String reason) {
    return new Refusal(Kind.again, -1, reason, null);
  }

  /** Sorts any failure. A value that does not fit its column will never fit; all else the database says may pass. */
  static Refusal of(Throwable failure, int operation) {
    if (failure instanceof Refusal known) return operation < 0 || known.operation >= 0 ? known : new Refusal(known.kind, operation, known.getMessage(), known);
    Kind kind = Kind.refused;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean wrongData = cause instanceof SQLException database && database.getSQLState() != null && database.getSQLState().startsWith("22");
      if (wrongData) return new Refusal(Kind.refused, operation, text(failure), failure);
      if (cause instanceof SQLException || cause instanceof OptimisticLockingException || cause instanceof SuspendedEntityInteractionException
          || cause instanceof DataAccessException || cause instanceof TransactionException) kind = Kind.again;
    }
    boolean vanished = kind == Kind.refused && text(failure).matches("(?s).*Activity instance '[^']*' does not exist.*");
    return new Refusal(vanished ? Kind.gone : kind, operation, text(failure), failure);
  }

  /** Retrying at once helps only where another transaction was in the way. */
  boolean isCollision() {
    return kind == Kind.again && getCause() != null && !(getCause() instanceof SuspendedEntityInteractionException);
  }

  CaseTable.Answer answer(ObjectMapper json) {
    ObjectNode body = json.createObjectNode().put("class", kind.name()).put("reason", getMessage());
    if (operation >= 0) body.put("operation", operation);
    return new CaseTable.Answer(switch (kind) { case gone -> 409; case refused -> 422; case again -> 503; }, body.toString());
  }

  private static String text(Throwable failure) {
    String text = String.valueOf(failure.getMessage());
    return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
  }
}
