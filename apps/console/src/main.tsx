import './ui/fonts/fonts.css';
import './ui/tokens.css';
import './ui/base.css';
import { createNotices } from './ui/create-notices.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod/mini';
import { createApi } from './api/api.ts';
import { createQueries } from './api/queries.ts';
import { createSession } from './api/session.ts';
import { App } from './app/app.tsx';
import { keepApart } from './app/keep-apart.ts';
import { liveWhileSignedIn } from './app/live-while-signed-in.ts';
import { createDrafts } from './features/person/drafts.ts';
import { applyLooks, keptLooks, watchSystemContrast } from './features/theme/theme.ts';
import { loadLanguage, wantedLanguage } from './i18n/languages.ts';
import { createClock } from './live/clock.ts';
import { createLive } from './live/create-live.ts';
import { somethingToShow } from './live/something-to-show.ts';
import { createOwn } from './own/create-own.ts';

/** Milliseconds: on a good line the board is there by then. */
const EMPTY_AFTER_MS = 400;

// The content security policy forbids code made from text, which zod would use.
config({ jitless: true });
const showLooks = () => applyLooks(keptLooks());
showLooks();
watchSystemContrast(showLooks);

// On their way before anything is drawn, so that it is not laid out twice.
document.fonts.load('1em "Inter Variable"').catch(() => undefined);

const api = createApi({ onSignedOut: () => void session.check() });
const session = createSession({ askMe: api.me });
const own = createOwn({
  ask: api.ask,
  accountName: () => {
    const state = session.store.getState();
    return state.kind === 'in' ? state.me.name : null;
  },
});
const live = createLive({
  onMe: session.arrived,
  onOwn: own.arrived,
  onDoubt: () => void session.check(),
});
const drafts = createDrafts();
const notices = createNotices();
const queries = createQueries();
keepApart({ session, drafts, own, queries });
liveWhileSignedIn({ session, live });
session.start();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
// Until it is known who is there, there is nothing to draw.
const [language] = await Promise.all([loadLanguage(wantedLanguage()), session.check()]);
// Drawn empty first, and then with its board, the page would be live a good deal later.
if (session.store.getState().kind === 'in') await somethingToShow(live, EMPTY_AFTER_MS);
createRoot(root).render(
  <StrictMode>
    <App {...{ api, session, live, own, drafts, notices, queries, language }} clock={createClock()} />
  </StrictMode>,
);
