import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import type { FeedStore } from './feed-store.ts';
import type { FeedState } from './fold-feed.ts';

const FeedContext = createContext<FeedStore | null>(null);

export function FeedProvider({ feed, children }: { feed: FeedStore; children: ReactNode }) {
  return <FeedContext value={feed}>{children}</FeedContext>;
}

export function useFeedStore(): FeedStore {
  const store = use(FeedContext);
  if (store === null) throw new Error('there is no FeedProvider above');
  return store;
}

export function useFeed(): FeedState {
  const { subscribe, state } = useFeedStore();
  return useSyncExternalStore(subscribe, state);
}

export function useConnected(): boolean {
  const { subscribe, connected } = useFeedStore();
  return useSyncExternalStore(subscribe, connected);
}
