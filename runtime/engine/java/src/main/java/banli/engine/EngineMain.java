package banli.engine;

import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletComponentScan;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * The BPMN engine, its REST interface and our companion as one program.
 *
 * <p>It prints {@code BANLI_ENGINE_READY <port>} when it takes requests, and ends when its standard input closes: a killed parent
 * leaves no orphan that holds the database, the port and an old token.
 */
@SpringBootApplication
@ServletComponentScan
public class EngineMain {
  private static final long MOST_MS_TO_END = 5_000;

  public static void main(String[] args) {
    background("parent-watch", EngineMain::endWithParent);
    var context = (ServletWebServerApplicationContext) SpringApplication.run(EngineMain.class, args);
    System.out.println("BANLI_ENGINE_READY " + context.getWebServer().getPort());
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) { /* the parent says nothing; only the end of the stream counts */ }
    } catch (IOException closed) {
      System.err.println("standard input failed: " + closed.getMessage());
    }
    background("last-resort", () -> {
      try {
        Thread.sleep(MOST_MS_TO_END);
      } catch (InterruptedException now) {
        Thread.currentThread().interrupt();
      }
      Runtime.getRuntime().halt(1);
    });
    System.exit(0);
  }

  private static void background(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
