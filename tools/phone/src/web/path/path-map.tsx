import { useMediaQuery } from '@mantine/hooks';
import { useFeed } from '../live/use-feed.tsx';
import type { FeedState } from '../live/fold-feed.ts';
import { msLabel } from '../stories/ms-label.ts';
import { narrowPath, nodeHeight, widePath, type PathNode } from './path-layout.ts';
import styles from './path-map.module.css';
import { usePulses } from './use-pulses.ts';

/** The services and queues, with what runs between them right now. */
export function PathMap() {
  const narrow = useMediaQuery('(width < 700px)', window.innerWidth < 700, { getInitialValueInEffect: false });
  const state = useFeed();
  const { pulses, lit } = usePulses();
  const { width, height, nodes, edges } = narrow ? narrowPath : widePath;
  const pathOf = (from: string, to: string) => edges.find((edge) => edge.from === from && edge.to === to)?.path;
  return (
    <svg
      className={styles['map']}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label="Webhooks reach webhook-ingress; events travel through the queues to conversation-worker, payments and messaging-worker, which sends texts to the phone. Staff ask api for texts, too."
    >
      <defs>
        <marker
          id="tip"
          viewBox="0 0 8 8"
          refX="6.5"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto-start-reverse"
        >
          <path d="M1 1 L7 4 L1 7" className={styles['tip']} />
        </marker>
      </defs>
      {edges.map(({ from, to, path }) => (
        <path key={`${from}>${to}`} d={path} className={styles['edge']} markerEnd="url(#tip)" />
      ))}
      {pulses.map(({ id, from, to, service }) => {
        const path = pathOf(from, to);
        return path === undefined ? null : (
          <g key={id} style={{ '--tint': `var(--service-${service})` }}>
            <path d={path} className={styles['trail']} pathLength={1} />
            <circle r={5} className={styles['pulse']} style={{ offsetPath: `path('${path}')` }} />
          </g>
        );
      })}
      {nodes.map((node) => (
        <Node key={node.id} node={node} lit={lit.has(node.id)} note={noteOf(node, state)} />
      ))}
    </svg>
  );
}

function Node({ node, lit, note }: { node: PathNode; lit: boolean; note: string | null }) {
  const { id, label, kind, x, y, width } = node;
  const height = nodeHeight[kind];
  return (
    <g
      className={styles['node']}
      data-kind={kind}
      data-lit={lit}
      style={{ '--tint': kind === 'service' ? `var(--service-${id})` : 'var(--ink-faint)' }}
    >
      <rect
        x={x - width / 2}
        y={y - height / 2}
        width={width}
        height={height}
        rx={kind === 'service' ? 13 : height / 2}
      />
      <text x={x} y={note === null ? y : y - 8} className={styles['label']}>
        {label}
      </text>
      {note !== null && (
        <text x={x} y={y + 11} className={styles['note']}>
          {note}
        </text>
      )}
    </g>
  );
}

/** How long the service's last piece of work took; what it did within it does not count. */
function noteOf({ id, kind }: PathNode, { traces }: FeedState): string | null {
  if (kind !== 'service') return null;
  const works = [...traces.values()].flatMap(({ spans }) => {
    const own = spans.filter(({ service }) => service === id);
    return own.filter(({ parentId }) => !own.some(({ spanId }) => spanId === parentId));
  });
  const last = works.toSorted((a, b) => a.endedAt - b.endedAt).at(-1);
  return last === undefined ? 'waiting' : `last ${msLabel(last.endedAt - last.startedAt)}`;
}
