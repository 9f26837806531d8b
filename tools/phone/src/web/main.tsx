import '@fontsource-variable/geist';
import '@fontsource-variable/geist-mono';
import '@mantine/core/styles.css';
import './page.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openFeed } from './live/feed-store.ts';
import { FeedProvider } from './live/use-feed.tsx';
import { Page } from './page.tsx';
import { theme } from './theme.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={new QueryClient()}>
        <FeedProvider feed={openFeed('/api/live')}>
          <Page />
        </FeedProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
