/** Where the boxes stand and which way the arrows run; one drawing for wide pages, one for narrow ones. */
export type PathNode = {
  id: string;
  label: string;
  kind: 'outside' | 'service' | 'queue';
  x: number;
  y: number;
  width: number;
};
type PathEdge = { from: string; to: string; path: string };
export type PathLayout = { width: number; height: number; nodes: readonly PathNode[]; edges: readonly PathEdge[] };

export const nodeHeight = { outside: 34, service: 52, queue: 34 } as const;

const labels: Record<string, [label: string, kind: PathNode['kind']]> = {
  telnyx: ['Telnyx', 'outside'],
  meta: ['Meta', 'outside'],
  square: ['Square', 'outside'],
  'webhook-ingress': ['webhook-ingress', 'service'],
  'conversation.fifo': ['conversation.fifo', 'queue'],
  'conversation-worker': ['conversation-worker', 'service'],
  'messaging.fifo': ['messaging.fifo', 'queue'],
  'messaging-worker': ['messaging-worker', 'service'],
  'payments.fifo': ['payments.fifo', 'queue'],
  payments: ['payments', 'service'],
  api: ['api', 'service'],
  staff: ['Staff', 'outside'],
  carrier: ['Phone', 'outside'],
};

export const widePath: PathLayout = layout(
  1010,
  232,
  {
    telnyx: [38, 74, 68],
    meta: [38, 127, 68],
    square: [38, 180, 68],
    'webhook-ingress': [165, 74, 130],
    'conversation.fifo': [317, 74, 126],
    'conversation-worker': [477, 74, 146],
    'messaging.fifo': [636, 74, 118],
    'messaging-worker': [790, 74, 140],
    carrier: [958, 74, 66],
    'payments.fifo': [477, 180, 112],
    payments: [636, 180, 118],
    api: [790, 180, 110],
    staff: [925, 180, 66],
  },
  [
    ['telnyx', 'webhook-ingress', 'M72 74 H100'],
    ['meta', 'webhook-ingress', 'M72 127 C96 127 112 118 118 101'],
    ['square', 'webhook-ingress', 'M72 180 C128 180 142 150 148 102'],
    ['webhook-ingress', 'conversation.fifo', 'M230 74 H254'],
    ['webhook-ingress', 'messaging.fifo', 'M180 48 C210 8 590 8 626 57'],
    ['webhook-ingress', 'payments.fifo', 'M182 100 C194 152 240 180 419 180'],
    ['conversation.fifo', 'conversation-worker', 'M380 74 H404'],
    ['conversation-worker', 'messaging.fifo', 'M550 74 H577'],
    ['conversation-worker', 'payments.fifo', 'M477 100 V161'],
    ['payments.fifo', 'payments', 'M533 180 H575'],
    ['payments', 'messaging.fifo', 'M636 154 V93'],
    ['payments', 'conversation.fifo', 'M606 206 C570 232 330 236 317 93'],
    ['staff', 'api', 'M892 180 H850'],
    ['api', 'messaging.fifo', 'M735 172 C705 150 660 140 652 93'],
    ['messaging.fifo', 'messaging-worker', 'M695 74 H720'],
    ['messaging-worker', 'messaging.fifo', 'M790 100 C784 132 690 136 668 92'],
    ['messaging-worker', 'carrier', 'M860 74 H925'],
  ],
);

export const narrowPath: PathLayout = layout(
  352,
  474,
  {
    telnyx: [66, 24, 72],
    meta: [150, 24, 72],
    square: [274, 24, 76],
    'webhook-ingress': [108, 94, 142],
    'conversation.fifo': [108, 168, 136],
    'conversation-worker': [108, 240, 160],
    'messaging.fifo': [108, 314, 126],
    'messaging-worker': [108, 386, 150],
    carrier: [108, 452, 76],
    'payments.fifo': [274, 240, 112],
    payments: [274, 314, 106],
    api: [274, 386, 90],
    staff: [274, 452, 76],
  },
  [
    ['telnyx', 'webhook-ingress', 'M66 41 C66 56 88 54 94 67'],
    ['meta', 'webhook-ingress', 'M150 41 C150 56 128 54 122 67'],
    ['square', 'webhook-ingress', 'M274 41 C274 80 228 92 181 94'],
    ['webhook-ingress', 'conversation.fifo', 'M108 120 V151'],
    ['webhook-ingress', 'messaging.fifo', 'M37 94 C4 120 4 290 45 310'],
    ['webhook-ingress', 'payments.fifo', 'M179 104 C244 120 268 160 272 221'],
    ['conversation.fifo', 'conversation-worker', 'M108 185 V214'],
    ['conversation-worker', 'messaging.fifo', 'M108 266 V297'],
    ['conversation-worker', 'payments.fifo', 'M188 240 H216'],
    ['payments.fifo', 'payments', 'M274 257 V286'],
    ['payments', 'messaging.fifo', 'M221 314 H173'],
    ['payments', 'conversation.fifo', 'M327 308 C366 262 340 172 178 168'],
    ['staff', 'api', 'M274 435 V417'],
    ['api', 'messaging.fifo', 'M229 380 C222 350 208 330 173 322'],
    ['messaging.fifo', 'messaging-worker', 'M108 331 V360'],
    ['messaging-worker', 'messaging.fifo', 'M183 386 C216 380 210 336 162 330'],
    ['messaging-worker', 'carrier', 'M108 412 V435'],
  ],
);

function layout(
  width: number,
  height: number,
  places: Record<string, [x: number, y: number, width: number]>,
  edges: readonly [from: string, to: string, path: string][],
): PathLayout {
  return {
    width,
    height,
    nodes: Object.entries(places).map(([id, [x, y, nodeWidth]]) => {
      const [label, kind] = labels[id] ?? [id, 'outside' as const];
      return { id, label, kind, x, y, width: nodeWidth };
    }),
    edges: edges.map(([from, to, path]) => ({ from, to, path })),
  };
}
