package banli.engine;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Wants the bearer token on every path, compared in constant time; 401 for everybody else. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class TokenFilter extends HttpFilter {
  private static final int LEAST_LENGTH = 32;
  private final byte[] wanted;

  public TokenFilter(@Value("${banli.token}") String token) {
    if (token.length() < LEAST_LENGTH) throw new IllegalArgumentException("BANLI_ENGINE_TOKEN needs at least " + LEAST_LENGTH + " characters");
    wanted = bytes("Bearer " + token);
  }

  @Override
  protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws IOException, ServletException {
    String given = request.getHeader("Authorization");
    if (given != null && MessageDigest.isEqual(wanted, bytes(given))) {
      chain.doFilter(request, response);
    } else {
      response.setHeader("WWW-Authenticate", "Bearer");
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
