import { parser } from '@prometheus-io/lezer-promql';

/** What an expression asks for: its metrics, each with the labels that are matched or grouped by. */
export type Asked = { metrics: string[]; labels: string[] };

/**
 * Reads the metrics and labels out of a PromQL expression.
 * @throws when it does not parse
 */
export function readPromql(expression: string): Asked {
  const asked = { metrics: new Set<string>(), labels: new Set<string>() };
  const text = (node: { from: number; to: number }) => expression.slice(node.from, node.to);
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`${expression} does not parse at ${node.from}`);
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector') asked.metrics.add(text(node));
      if (node.name === 'LabelName') asked.labels.add(text(node));
    },
  });
  return { metrics: [...asked.metrics], labels: [...asked.labels] };
}
