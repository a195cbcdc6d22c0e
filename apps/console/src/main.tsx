import '@fontsource-variable/inter/wght.css';
import './ui/tokens.css';
import './ui/base.css';
import { QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod/mini';
import { App } from './app/app.tsx';
import { createDrafts } from './features/person/drafts.ts';
import { applyTheme, keptTheme } from './features/theme/theme.ts';
import { createClock } from './live/clock.ts';
import { createLive } from './live/create-live.ts';

// The content security policy forbids code made from text, which zod would use.
config({ jitless: true });
applyTheme(keptTheme());

const live = createLive();
live.start();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App live={live} clock={createClock()} drafts={createDrafts()} queries={new QueryClient()} />
  </StrictMode>,
);
