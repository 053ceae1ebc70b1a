package banli.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ProductPropertiesUtil;

/** The companion's paths: apply, state, changes, running, life. platform/docs/engine.md describes each. */
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
    if (!"/apply".equals(request.getPathInfo())) {
      response.setStatus(404);
      return;
    }
    try {
      JsonNode body = json.readTree(request.getInputStream());
      JsonNode caseId = body.path("caseId"), seq = body.path("seq"), operations = body.path("operations");
      boolean valid = caseId.isTextual() && caseId.textValue().matches("[\\x21-\\x7e]{1,64}") && seq.canConvertToLong() && seq.isIntegralNumber() && seq.longValue() > 0 && operations.isArray();
      CaseTable.Answer answer = valid ? apply.run(caseId.textValue(), seq.longValue(), operations) : malformed("caseId, seq or operations");
      send(response, answer.status(), answer.body());
    } catch (JsonProcessingException broken) {
      send(response, 400, malformed("the JSON").body());
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String path = String.valueOf(request.getPathInfo());
    try {
      Object body = path.startsWith("/state/") ? stateOf(path.substring("/state/".length())) : switch (path) {
        case "/changes" -> changes(Long.parseLong(parameter(request, "after", "0")), limit(request));
        case "/running" -> table.running(parameter(request, "after", ""), limit(request));
        case "/life" -> life();
        default -> null;
      };
      send(response, body == null ? 404 : 200, body == null ? "{}" : json.writeValueAsString(body));
    } catch (NumberFormatException broken) {
      send(response, 400, malformed("after or limit").body());
    } catch (RuntimeException failure) {
      log("GET " + path, failure);
      CaseTable.Answer answer = Refusal.of(failure, -1).answer(json);
      send(response, 503, answer.body());
    }
  }

  private Object stateOf(String caseId) {
    return engine.getCommandExecutorTxRequired().execute(command -> {
      CaseTable.Row row = table.lock(caseId);
      return row == null || row.instanceId() == null ? null : state.read(command, row);
    });
  }

  private Object changes(long after, int limit) {
    return engine.getCommandExecutorTxRequired().execute(command -> table.changes(after, limit));
  }

  private Map<String, Object> life() {
    Hardening.FeelOnly scripts = new Hardening.FeelOnly();
    var languages = Stream.concat(new ScriptEngineManager().getEngineFactories().stream().flatMap(each -> each.getNames().stream()), Stream.of("javascript", "groovy", "python", "ruby"))
        .filter(name -> scripts.getScriptEngine(name) != null).distinct().toList();
    return Map.of("product", ProcessEngine.class.getName().split("\\.")[1], "version", ProductPropertiesUtil.getProductVersion(), "database", table.database, "scriptLanguages", languages);
  }

  private CaseTable.Answer malformed(String what) {
    CaseTable.Answer refused = Refusal.refused(what + " is malformed").answer(json);
    return new CaseTable.Answer(400, refused.body());
  }

  private static String parameter(HttpServletRequest request, String name, String otherwise) {
    return request.getParameter(name) == null ? otherwise : request.getParameter(name);
  }

  private static int limit(HttpServletRequest request) {
    return Math.max(1, Math.min(MOST_ROWS, Integer.parseInt(parameter(request, "limit", "100"))));
  }

  private static void send(HttpServletResponse response, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
