import {Counter, Gauge, Histogram, Registry, collectDefaultMetrics} from 'prom-client';
import {within} from './within.js';

/** Numbers for Prometheus. Areas add theirs through `gauge` and `counter`; none carries a person, a case or a unit. */
export interface Metrics {
  /** A number that is asked for when somebody looks: queue lengths, open alarms. A reading that fails, or takes longer than 2 s, is left out. */
  gauge(name: string, help: string, read: () => Promise<number> | number): void;
  /** A number that only grows; `add` may name a label. */
  counter(name: string, help: string, labels?: readonly string[]): {add(labels?: Readonly<Record<string, string>>, by?: number): void};
  /** Growing numbers that something else counts, by the values of one label; asked for when somebody looks. */
  totals(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void;
  observeRequest(routeId: string, status: number, seconds: number): void;
  text(): Promise<string>;
}

const readWithinMs = 2_000;

function tooSlow(): never {
  throw new Error('The reading took too long.');
}

/** Makes metrics in a registry of their own; names start with `banli_`. */
export function createMetrics(options: {readonly processMetrics?: boolean; readonly onError?: (name: string, error: unknown) => void} = {}): Metrics {
  const registry = new Registry();
  if (options.processMetrics) collectDefaultMetrics({register: registry});
  const requests = new Histogram({name: 'banli_http_request_seconds', help: 'Duration of HTTP requests', labelNames: ['route', 'status'], buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10], registers: [registry]});
  return {
    gauge(name, help, read) {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          try {
            gauge.set(await within(readWithinMs, Promise.resolve(read()), tooSlow));
          } catch (error) {
            gauge.remove();
            options.onError?.(name, error);
          }
        },
      });
    },
    counter(name, help, labels = []) {
      const counter = new Counter({name, help, labelNames: [...labels], registers: [registry]});
      return {add: (values = {}, by = 1) => counter.inc(values, by)};
    },
    totals(name, help, label, read) {
      const counter: Counter = new Counter({
        name,
        help,
        labelNames: [label],
        registers: [registry],
        collect() {
          counter.reset();
          for (const [value, count] of Object.entries(read())) counter.inc({[label]: value}, count);
        },
      });
    },
    observeRequest: (route, status, seconds) => requests.observe({route, status: String(status)}, seconds),
    text: () => registry.metrics(),
  };
}
