package banli.engine;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.dmn.engine.impl.spi.el.ElProvider;
import org.camunda.bpm.engine.ProcessEngineException;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.history.HistoryLevelActivity;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandContextFactory;
import org.camunda.bpm.engine.impl.scripting.engine.DefaultScriptEngineResolver;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Sets the engine up so that a process definition can hold no code, and so that every change of a case passes {@link CaseContext}. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
public class Hardening extends AbstractProcessEnginePlugin {
  private static final Pattern PLAIN = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");
  private final CaseTable table;

  public Hardening(CaseTable table) {
    this.table = table;
  }

  /** Literal text, or exactly one variable by its name: no calls, no operators. */
  static boolean isPlain(String expression) {
    return (!expression.contains("${") && !expression.contains("#{")) || PLAIN.matcher(expression.trim()).matches();
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.setExpressionManager(new PlainExpressions());
    engine.setBpmnParseFactory(SafeParse::new);
    engine.setScriptEngineResolver(new FeelOnly());
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

  private static String plain(String expression) {
    if (!isPlain(expression)) throw new ProcessEngineException("Only text and ${name} are allowed as expressions, not: " + expression);
    return expression;
  }

  /** Knows no Spring beans and no calls; decisions (DMN) pass the same gate. */
  private static final class PlainExpressions extends JuelExpressionManager {
    @Override
    public Expression createExpression(String expression) {
      return super.createExpression(plain(expression));
    }

    @Override
    protected ElProvider createElProvider() {
      ElProvider all = super.createElProvider();
      return expression -> all.createExpression(plain(expression));
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

  /** Activity history, and the failures that an operator asks for: incidents and failed external tasks. No variables. */
  private static final class CaseHistory extends HistoryLevelActivity {
    private static final Set<HistoryEventTypes> FAILURES = Set.of(HistoryEventTypes.INCIDENT_CREATE, HistoryEventTypes.INCIDENT_DELETE,
        HistoryEventTypes.INCIDENT_RESOLVE, HistoryEventTypes.EXTERNAL_TASK_FAIL);

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
