import type { FeedItem } from '../../feed-items.ts';
import { foldFeed, nothingYet, type FeedState } from './fold-feed.ts';

/** The live feed as React reads it: a state that grows, whether it is connected, and the items as they arrive. */
export type FeedStore = {
  state: () => FeedState;
  connected: () => boolean;
  subscribe: (listener: () => void) => () => void;
  /** Only what arrives from now on, never the past. */
  onItems(listener: (items: readonly FeedItem[]) => void): () => void;
};

/** Opens the stream once; the browser reconnects by itself and resumes where it was. */
export function openFeed(url: string): FeedStore {
  const listeners = new Set<() => void>();
  const itemListeners = new Set<(items: readonly FeedItem[]) => void>();
  let state = nothingYet;
  let connected = false;
  const tell = () => listeners.forEach((listener) => listener());
  const stream = new EventSource(url);
  stream.addEventListener('open', () => {
    connected = true;
    tell();
  });
  stream.addEventListener('error', () => {
    connected = false;
    tell();
  });
  stream.addEventListener('snapshot', ({ data }: MessageEvent<string>) => {
    state = foldFeed(nothingYet, read(data));
    tell();
  });
  stream.addEventListener('items', ({ data }: MessageEvent<string>) => {
    const items = read(data);
    state = foldFeed(state, items);
    tell();
    itemListeners.forEach((listener) => listener(items));
  });
  return {
    state: () => state,
    connected: () => connected,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onItems: (listener) => {
      itemListeners.add(listener);
      return () => itemListeners.delete(listener);
    },
  };
}

function read(data: string): FeedItem[] {
  return JSON.parse(data) as FeedItem[]; // written by the page's own server, from the same types
}
