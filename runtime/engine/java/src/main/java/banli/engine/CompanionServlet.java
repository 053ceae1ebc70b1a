package banli.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.*;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.*;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.util.ProductPropertiesUtil;

/** The companion's paths: apply, state, changes, running, life; platform/docs/engine.md describes each. Anything unknown is 404, after the token. */
@WebServlet({"/banli/*", "/"})
public class CompanionServlet extends HttpServlet {
  private static final int MOST_ROWS = 1_000;
  private final transient ProcessEngineConfigurationImpl engine;
  private final transient Apply apply;
  private final transient CaseTable table;
  private final transient CaseState state;
  private final transient ObjectMapper json;

  public CompanionServlet(ProcessEngineConfigurationImpl engine, Apply apply, CaseTable table, CaseState state, ObjectMapper json) {
    this.engine = engine;
    this.apply = apply;
    this.table = table;
    this.state = state;
    this.json = json;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
    CaseTable.Answer answer = malformed("the request");
    if (!"/apply".equals(request.getPathInfo())) answer = new CaseTable.Answer(404, "{}");
    else try {
      JsonNode body = json.readTree(request.getInputStream());
      String caseId = body.path("caseId").asText();
      JsonNode seq = body.path("seq");
      boolean valid = body.path("caseId").isTextual() && caseId.matches("[\\x21-\\x7e]{1,64}") && seq.isIntegralNumber() && seq.canConvertToLong() && seq.longValue() > 0;
      if (valid && body.path("operations").isArray()) answer = apply.run(caseId, seq.longValue(), body.get("operations"), body.path("tree").asBoolean(true));
    } catch (JsonProcessingException broken) {
      answer = malformed("the JSON");
    }
    send(response, answer.status(), answer.body());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = String.valueOf(request.getPathInfo());
    String after = Objects.requireNonNullElse(request.getParameter("after"), "");
    try {
      int limit = Math.max(1, Math.min(MOST_ROWS, Integer.parseInt(Objects.requireNonNullElse(request.getParameter("limit"), "100"))));
      Object body = path.startsWith("/state/") ? inTransaction(() -> stateOf(path.substring("/state/".length()))) : switch (path) {
        case "/changes" -> inTransaction(() -> table.changes(after.isEmpty() ? 0 : Long.parseLong(after), limit));
        case "/running" -> inTransaction(() -> table.running(after, limit));
        case "/life" -> life();
        default -> null;
      };
      send(response, body == null ? 404 : 200, body == null ? "{}" : json.writeValueAsString(body));
    } catch (NumberFormatException broken) {
      send(response, 400, malformed("after or limit").body());
    } catch (RuntimeException failure) {
      log("GET " + path, failure);
      send(response, 503, Refusal.of(failure, -1).answer(json).body());
    }
  }

  private Object inTransaction(Supplier<Object> work) {
    return engine.getCommandExecutorTxRequired().execute(command -> work.get());
  }

  private Object stateOf(String caseId) {
    CaseTable.Row row = table.lock(caseId);
    return row == null || row.instanceId() == null ? null : state.read(Context.getCommandContext(), row, true);
  }

  private Map<String, Object> life() {
    var scripts = new Hardening.FeelOnly();
    var names = Stream.concat(Stream.of("javascript", "groovy", "python", "ruby"), scripts.getScriptEngineManager().getEngineFactories().stream().flatMap(each -> each.getNames().stream()));
    var found = names.filter(name -> scripts.getScriptEngine(name) != null).distinct().toList();
    return Map.of("product", ProcessEngine.class.getName().split("\\.")[1], "version", ProductPropertiesUtil.getProductVersion(), "database", table.database, "scriptLanguages", found);
  }

  private CaseTable.Answer malformed(String what) {
    return new CaseTable.Answer(400, new Refusal(Refusal.Kind.refused, what + " is malformed").answer(json).body());
  }

  private static void send(HttpServletResponse response, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
