import { tellStory, type StoryNode } from '@frontdesk/operations';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';

export const show = (context: CommandContext) =>
  verb('show', {
    summary: 'Tell how one thing caused another: webhook, events, turns, texts, attempts',
    description:
      'The id may be that of a conversation, call or order (the correlation id), or of an event, a text or a webhook in it. Times are\n' +
      'UTC; the duration goes from when a thing happened until it was handled.',
    examples: [
      'frontdesk trace show 0199d5a0-0000-7000-8000-000000000001',
      "frontdesk trace show 0199d5a0-0000-7000-8000-000000000006 --json | jq '.roots'",
    ],
  })
    .argument('<id>', 'of a story, an event, a text or a webhook')
    .action(async (id, { json }) => {
      const { out } = context;
      const story = await tellStory(context.operatorDatabase(), id);
      if (json === true) return out.json(story);
      out.line(`Story ${story.correlationId} of clinic ${story.orgId}`);
      if (story.isCut) out.note('It is longer than this; its beginning is left out.');
      tellNodes(context, story.roots, '');
    });

function tellNodes(context: CommandContext, nodes: readonly StoryNode[], indent: string): void {
  for (const [n, { children, ...node }] of nodes.entries()) {
    const isLast = n === nodes.length - 1;
    context.out.line(`${indent}${isLast ? '└─ ' : '├─ '}${wordsOf(context, node)}`);
    tellNodes(context, children, `${indent}${isLast ? '   ' : '│  '}`);
  }
}

function wordsOf({ out }: CommandContext, node: Omit<StoryNode, 'children'>): string {
  const { kind, what, id, at, by, state, tookMs } = node;
  const time = at.slice(0, 23).replace('T', ' ');
  const took = tookMs === null ? '' : ` in ${tookMs < 10_000 ? `${tookMs} ms` : `${Math.round(tookMs / 1_000)} s`}`;
  const title = kind === 'text' ? `text ${what}` : what;
  return `${time} ${out.paint('bold', title)}${by === null ? '' : ` → ${by}`}: ${state}${took}  ${out.paint('dim', id)}`;
}
