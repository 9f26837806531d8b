/** One thing that happened in a story, with what it caused. */
export type StoryNode = {
  kind: 'webhook' | 'event' | 'replay' | 'turn' | 'text' | 'attempt';
  id: string;
  /** The type of the event, the kind of the webhook or text. */
  what: string;
  /** The service that did it or was to do it. */
  by: string | null;
  at: string;
  /** How far it is, in words. */
  state: string;
  /** From its beginning to its end; null while it has none. */
  tookMs: number | null;
  children: StoryNode[];
};

/** A node without children yet. */
export function node(
  parts: Omit<StoryNode, 'at' | 'tookMs' | 'children'> & { from: Date; to: Date | null },
): StoryNode {
  const { from, to, ...rest } = parts;
  return {
    ...rest,
    at: from.toISOString(),
    tookMs: to === null ? null : Math.max(0, to.getTime() - from.getTime()),
    children: [],
  };
}

export function byTime(a: StoryNode, b: StoryNode): number {
  return a.at < b.at ? -1 : Number(a.at > b.at);
}
