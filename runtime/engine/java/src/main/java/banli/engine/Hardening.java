package banli.engine;

import static org.camunda.bpm.engine.impl.history.event.HistoryEventTypes.*;

import java.util.*;
import java.util.regex.Pattern;
import javax.script.*;
import org.camunda.bpm.dmn.engine.impl.spi.el.ElProvider;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cfg.*;
import org.camunda.bpm.engine.impl.el.*;
import org.camunda.bpm.engine.impl.history.HistoryLevelActivity;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.interceptor.*;
import org.camunda.bpm.engine.impl.scripting.engine.DefaultScriptEngineResolver;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Sets the engine up so that a process definition can hold no code, and every change of a case passes {@link CaseContext}. Runs after the starter's own settings. */
@Component
@Order(Integer.MAX_VALUE)
public class Hardening extends AbstractProcessEnginePlugin {
  private static final Pattern ONE_VARIABLE = Pattern.compile("\\s*\\$\\{[A-Za-z_][A-Za-z0-9_]*}\\s*");
  private final CaseTable table;

  public Hardening(CaseTable table) {
    this.table = table;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.setExpressionManager(new PlainExpressions());
    engine.setScriptEngineResolver(new FeelOnly());
    engine.setBpmnParseFactory(SafeParse::new);
    engine.setCmmnEnabled(false);
    engine.setEnableExpressionsInAdhocQueries(false);
    engine.setEnableExpressionsInStoredQueries(false);
    engine.setEnableScriptEngineLoadExternalResources(false);
    engine.setEnableFetchScriptEngineFromProcessApplication(false);
    engine.setConfigureScriptEngineHostAccess(false);
    engine.setEnableXxeProcessing(false);
    engine.setJavaSerializationFormatEnabled(false);
    engine.setDeserializationTypeValidationEnabled(true);
    engine.setEnableExceptionsAfterUnhandledBpmnError(true);
    engine.setTaskMetricsEnabled(false);
    engine.setEnableCmdExceptionLogging(false);
    engine.setCustomHistoryLevels(List.of(new CaseHistory()));
    engine.getCustomHistoryEventHandlers().add(new CaseContext.Watch());
    engine.setCommandContextFactory(new CommandContextFactory() {
      @Override
      public CommandContext createCommandContext() {
        return new CaseContext(engine, table);
      }
    });
  }

  /** Literal text, or exactly one variable by its name: no calls, no operators. */
  static boolean isPlain(String expression) {
    return (!expression.contains("${") && !expression.contains("#{")) || ONE_VARIABLE.matcher(expression).matches();
  }

  private static String plain(String expression) {
    if (isPlain(expression)) return expression;
    throw new ProcessEngineException("Only text and ${name} are allowed as expressions, not: " + expression);
  }

  /** Knows no Spring beans; decisions (DMN) pass the same gate. */
  private static final class PlainExpressions extends JuelExpressionManager {
    @Override
    public Expression createExpression(String expression) {
      return super.createExpression(plain(expression));
    }

    @Override
    protected ElProvider createElProvider() {
      ElProvider inner = super.createElProvider();
      return expression -> inner.createExpression(plain(expression));
    }
  }

  /** The engine brings a script engine for JUEL along; only FEEL is ever found. */
  static final class FeelOnly extends DefaultScriptEngineResolver {
    FeelOnly() {
      super(new ScriptEngineManager());
    }

    @Override
    protected ScriptEngine getScriptEngine(String language) {
      return "feel".equalsIgnoreCase(language) ? super.getScriptEngine("feel") : null;
    }
  }

  /** Activity history without variables, plus what an operator asks for: incidents and failed external tasks. */
  private static final class CaseHistory extends HistoryLevelActivity {
    private static final Set<HistoryEventType> FAILURES = Set.of(INCIDENT_CREATE, INCIDENT_DELETE, INCIDENT_RESOLVE, EXTERNAL_TASK_FAIL);

    @Override
    public int getId() {
      return 40;
    }

    @Override
    public String getName() {
      return "banli";
    }

    @Override
    public boolean isHistoryEventProduced(HistoryEventType type, Object entity) {
      return super.isHistoryEventProduced(type, entity) || FAILURES.contains(type);
    }
  }
}
