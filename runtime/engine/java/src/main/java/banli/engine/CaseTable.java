package banli.engine;

import java.sql.*;
import java.util.*;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Our tables, written in the engine's transaction. BANLI_CASE: where a case stands. BANLI_APPLIED: what each number answered. BANLI_CHANGE: what happened without apply. */
@Component
public class CaseTable {
  /** {@code instanceId} is null until a start succeeds. */
  record Row(String caseId, String instanceId, String definitionId, long seq, long revision, boolean ended, String endActivityId) {}

  record Answer(int status, String body) {}

  /** Changes that stay behind the reader's cursor, so that one that goes back a little still finds them; older ones are forgotten. */
  private static final long KEPT_BEHIND_CURSOR = 10_000;

  final String database;
  private final JdbcTemplate sql;

  public CaseTable(DataSource source, JdbcTemplate sql) throws SQLException {
    this.sql = sql;
    try (Connection connection = source.getConnection(); Statement create = connection.createStatement()) {
      database = connection.getMetaData().getDatabaseProductName() + " " + connection.getMetaData().getDatabaseProductVersion();
      boolean h2 = database.startsWith("H2");
      String id = h2 ? "VARCHAR(64)" : "VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
      String text = h2 ? "VARCHAR(1000000)" : "MEDIUMTEXT CHARACTER SET utf8mb4";
      create.execute("CREATE TABLE IF NOT EXISTS BANLI_CASE (CASE_ID " + id + " PRIMARY KEY, INSTANCE_ID " + id + ", DEFINITION_ID VARCHAR(255),"
          + " SEQ BIGINT NOT NULL, REVISION BIGINT NOT NULL, ENDED SMALLINT NOT NULL, END_ACTIVITY_ID VARCHAR(255), UNIQUE (INSTANCE_ID), UNIQUE (ENDED, CASE_ID))");
      create.execute("CREATE TABLE IF NOT EXISTS BANLI_APPLIED (CASE_ID " + id + ", SEQ BIGINT, STATUS SMALLINT NOT NULL, RESULT " + text + " NOT NULL, PRIMARY KEY (CASE_ID, SEQ))");
      create.execute("CREATE TABLE IF NOT EXISTS BANLI_CHANGE (ID BIGINT AUTO_INCREMENT PRIMARY KEY, CASE_ID " + id + " NOT NULL,"
          + " REVISION BIGINT NOT NULL, KIND VARCHAR(64) NOT NULL, CURSOR_NO BIGINT, UNIQUE (CURSOR_NO))");
      create.execute("CREATE TABLE IF NOT EXISTS BANLI_CURSOR (ID INT PRIMARY KEY, LAST_NO BIGINT NOT NULL)");
      create.execute("INSERT INTO BANLI_CURSOR SELECT 1, 0 FROM (SELECT COUNT(*) AS N FROM BANLI_CURSOR) C WHERE C.N = 0");
      connection.commit();
    }
  }

  /** The row of a case, locked to the end of the transaction; null if there is none. */
  Row lock(String caseId) {
    return sql.query("SELECT INSTANCE_ID, DEFINITION_ID, SEQ, REVISION, ENDED, END_ACTIVITY_ID FROM BANLI_CASE WHERE CASE_ID = ? FOR UPDATE",
        row -> row.next() ? new Row(caseId, row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getInt(5) == 1, row.getString(6)) : null, caseId);
  }

  /** Makes the row of a new case. Of two at once the second waits, fails as a duplicate and is repeated by apply. */
  Row create(String caseId) {
    sql.update("INSERT INTO BANLI_CASE (CASE_ID, SEQ, REVISION, ENDED) VALUES (?, 0, 0, 0)", caseId);
    return new Row(caseId, null, null, 0, 0, false, null);
  }

  Answer answered(String caseId, long seq) {
    return sql.query("SELECT STATUS, RESULT FROM BANLI_APPLIED WHERE CASE_ID = ? AND SEQ >= ? ORDER BY SEQ LIMIT 1",
        row -> row.next() ? new Answer(row.getInt(1), row.getString(2)) : null, caseId, seq);
  }

  /** Writes where the case stands and what was answered. Of an ended case only the last answer stays. */
  void save(Row row, Answer answer) {
    sql.update("UPDATE BANLI_CASE SET INSTANCE_ID = ?, DEFINITION_ID = ?, SEQ = ?, REVISION = ?, ENDED = ?, END_ACTIVITY_ID = ? WHERE CASE_ID = ?",
        row.instanceId, row.definitionId, row.seq, row.revision, row.ended ? 1 : 0, row.endActivityId, row.caseId);
    sql.update("INSERT INTO BANLI_APPLIED (CASE_ID, SEQ, STATUS, RESULT) VALUES (?, ?, ?, ?)", row.caseId, row.seq, answer.status, answer.body);
    if (row.ended) sql.update("DELETE FROM BANLI_APPLIED WHERE CASE_ID = ? AND SEQ < ?", row.caseId, row.seq);
  }

  /** An instance that no apply started has no row, and leaves no trace here. */
  void noteChange(String instanceId, String kind, boolean ended, String endActivityId) {
    int cases = ended ? sql.update("UPDATE BANLI_CASE SET REVISION = REVISION + 1, ENDED = 1, END_ACTIVITY_ID = ? WHERE INSTANCE_ID = ?", endActivityId, instanceId)
        : sql.update("UPDATE BANLI_CASE SET REVISION = REVISION + 1 WHERE INSTANCE_ID = ?", instanceId);
    if (cases == 1) sql.update("INSERT INTO BANLI_CHANGE (CASE_ID, REVISION, KIND) SELECT CASE_ID, REVISION, ? FROM BANLI_CASE WHERE INSTANCE_ID = ?", kind, instanceId);
  }

  /** Changes after a cursor. The cursor is given here, to committed rows, by one reader at a time: so none that commits late slips in behind a cursor that was read. */
  List<Map<String, Object>> changes(long after, int limit) {
    List<Long> fresh = sql.queryForList("SELECT ID FROM BANLI_CHANGE WHERE CURSOR_NO IS NULL ORDER BY ID LIMIT 1000", Long.class);
    if (!fresh.isEmpty()) {
      long last = sql.queryForObject("SELECT LAST_NO FROM BANLI_CURSOR WHERE ID = 1 FOR UPDATE", Long.class);
      for (long id : fresh) last += sql.update("UPDATE BANLI_CHANGE SET CURSOR_NO = ? WHERE ID = ? AND CURSOR_NO IS NULL", last + 1, id);
      sql.update("UPDATE BANLI_CURSOR SET LAST_NO = ? WHERE ID = 1", last);
    }
    if (after > KEPT_BEHIND_CURSOR) sql.update("DELETE FROM BANLI_CHANGE WHERE CURSOR_NO <= ?", after - KEPT_BEHIND_CURSOR);
    return sql.query("SELECT CURSOR_NO, CASE_ID, REVISION, KIND FROM BANLI_CHANGE WHERE CURSOR_NO > ? ORDER BY CURSOR_NO LIMIT ?", (row, i) ->
        Map.of("cursor", row.getLong(1), "caseId", row.getString(2), "revision", row.getLong(3), "kind", row.getString(4)), after, limit);
  }

  List<Map<String, Object>> running(String after, int limit) {
    return sql.query("SELECT CASE_ID, SEQ, REVISION FROM BANLI_CASE WHERE ENDED = 0 AND CASE_ID > ? AND INSTANCE_ID IS NOT NULL ORDER BY CASE_ID LIMIT ?",
        (row, i) -> Map.of("caseId", row.getString(1), "seq", row.getLong(2), "revision", row.getLong(3)), after, limit);
  }
}
