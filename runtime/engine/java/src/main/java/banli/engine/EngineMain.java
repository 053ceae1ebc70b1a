package banli.engine;

import jakarta.servlet.Filter;
import jakarta.servlet.http.*;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletComponentScan;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

/** The engine, its REST interface and the companion as one program. Prints {@code BANLI_ENGINE_READY <port>}; ends when its standard input closes. */
@SpringBootApplication
@ServletComponentScan
public class EngineMain {
  private static final int LEAST_TOKEN_LENGTH = 32;
  private static final int MOST_MS_TO_END = Integer.getInteger("banli.end.ms", 5_000);

  /** Nothing that fails from now on is the fault of whoever asked for it. */
  static volatile boolean ending;

  public static void main(String[] args) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true));
    daemon(EngineMain::endWithParent);
    var context = (ServletWebServerApplicationContext) SpringApplication.run(EngineMain.class, args);
    System.out.println("BANLI_ENGINE_READY " + context.getWebServer().getPort());
  }

  /** Wants the bearer token on every path, compared in constant time. */
  @Bean
  @Order(Integer.MIN_VALUE)
  Filter tokenFilter(@Value("${banli.token}") String token) {
    if (token.length() < LEAST_TOKEN_LENGTH) throw new IllegalArgumentException("BANLI_ENGINE_TOKEN needs at least " + LEAST_TOKEN_LENGTH + " characters");
    byte[] wanted = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    return (request, response, next) -> {
      String given = ((HttpServletRequest) request).getHeader("Authorization");
      if (given != null && MessageDigest.isEqual(wanted, given.getBytes(StandardCharsets.UTF_8))) next.doFilter(request, response);
      else ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    };
  }

  /** A killed parent must leave no orphan that holds the database, the port and an old token. */
  private static void endWithParent() throws Exception {
    while (System.in.read() >= 0) Thread.onSpinWait();
    daemon(() -> System.exit(0));
    Thread.sleep(MOST_MS_TO_END);
    Runtime.getRuntime().halt(1);
  }

  private interface Work { void run() throws Exception; }

  private static void daemon(Work work) {
    Thread thread = new Thread(() -> {
      try {
        work.run();
      } catch (Exception failure) {
        failure.printStackTrace();
      }
    });
    thread.setDaemon(true);
    thread.start();
  }
}
