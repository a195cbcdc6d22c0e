import './ui/fonts/fonts.css';
import './ui/styles/tokens.css';
import './ui/styles/base.css';
import './ui/styles/components.css';
import { retainClicks } from './ui/retain-clicks.ts';
import { createToastStore } from './ui/toaster.tsx';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod/mini';
import { createApi } from './data/http/api.ts';
import { basePath } from './data/http/base-path.ts';
import { createLazyQueryClient } from './data/http/lazy-query-client.ts';
import { createSession } from './data/http/session.ts';
import { App } from './app.tsx';
import { clearOnAccountChange, connectWhileSignedIn } from './shell/session-effects.ts';
import { createDrafts } from './entities/presence-draft/drafts.ts';
import { applyTheme, loadTheme, subscribeToSystemContrast } from './features/theme/theme.ts';
import { loadLanguage, detectLanguage } from './i18n/languages.ts';
import { createClock } from './data/socket/clock.ts';
import { createLiveBoard } from './data/socket/live-board.ts';
import { createSocketTransport } from './data/socket/transport.ts';
import { waitForFirstBoard } from './data/socket/wait-for-first-board.ts';
import { createSettings } from './data/preferences/create-settings.ts';

/** Enough for the first snapshot on a fast connection. */
const FIRST_RENDER_TIMEOUT_MS = 400;

// The content security policy forbids `eval`, which zod would use.
config({ jitless: true });
const applyStoredTheme = () => applyTheme(loadTheme());
applyStoredTheme();
subscribeToSystemContrast(applyStoredTheme);
retainClicks();

// Started before the first render, which would otherwise be laid out twice.
document.fonts.load('1em "Inter Variable"').catch(() => undefined);

const api = createApi({ onSignedOut: () => void session.check() });
const session = createSession({ fetchMe: api.me });
const settings = createSettings({
  sendCommand: api.sendCommand,
  accountName: () => {
    const state = session.store.getState();
    return state.kind === 'in' ? state.me.name : null;
  },
});
const live = createLiveBoard({
  sendPresence: (command) => api.sendCommand('set-presence', command),
  onMe: session.setSignedIn,
  onSettings: settings.receive,
  onAliases(aliases) {
    session.setAliases(aliases);
    settings.setAliases(aliases);
    drafts.setAliases(aliases);
  },
  onSessionUncertain: () => void session.check(),
  createTransport: (events) => createSocketTransport(`${basePath()}/socket.io`, events),
});
const drafts = createDrafts();
const toasts = createToastStore();
const lazyQueryClient = createLazyQueryClient();
clearOnAccountChange({ session, drafts, settings, lazyQueryClient });
connectWhileSignedIn({ session, live });
session.start();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
// The first render needs the session.
const [language] = await Promise.all([loadLanguage(detectLanguage()), session.check()]);
// Rendering an empty board first would delay the live one.
if (session.store.getState().kind === 'in') await waitForFirstBoard(live, FIRST_RENDER_TIMEOUT_MS);
createRoot(root).render(
  <StrictMode>
    <App
      {...{ api, session, live, settings, drafts, toasts, lazyQueryClient, language }}
      clock={createClock()}
    />
  </StrictMode>,
);
