import { useServerClock } from '../data/socket/live-context.tsx';
import { DeskSessionProvider, useDeskSession } from '../features/desk/desk-session.tsx';
import { useAvailabilityAlerts } from '../features/availability-alerts/use-availability-alerts.ts';
import { useOpenExtension, OverlayContext, type Overlay, createPendingOpen } from './overlay-context.ts';
import { type ComponentType, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { addMessages } from '../i18n/translate.ts';
import { usePreference } from '../data/preferences/settings-context.tsx';
import { createTypeAheadBuffer } from './type-ahead-buffer.ts';
import { useLazyAction } from './use-lazy-action.ts';
import { useGlobalShortcuts, useDisableSingleKeyShortcuts } from './use-global-shortcuts.ts';

type Close = (then?: () => void) => void;
type OverlayComponent = ComponentType<{ onClose: Close; flushTypeAhead: () => string }>;

const loadPalette = async (): Promise<OverlayComponent> =>
  (await import('./command-palette-overlay.tsx')).AppPalette;
const loadHelp = async (): Promise<OverlayComponent> => {
  const { KeyboardShortcutsDialog, messages } =
    await import('../features/help/keyboard-shortcuts-dialog.tsx');
  addMessages(messages);
  return KeyboardShortcutsDialog;
};
const loadSignOut = async (alwaysConfirm: boolean): Promise<OverlayComponent> => {
  const { SignOut } = await import('../features/account/sign-out.tsx');
  return ({ onClose }) => <SignOut alwaysConfirm={alwaysConfirm} onClose={onClose} />;
};
const LOADERS: Readonly<Record<Overlay, () => Promise<OverlayComponent>>> = {
  palette: loadPalette,
  help: loadHelp,
  'sign-out': () => loadSignOut(false),
  'confirm-sign-out': () => loadSignOut(true),
};

export function OverlayHost({ children }: { children: ReactNode }) {
  const [overlay, setOverlay] = useState<{ kind: Overlay; Component: OverlayComponent } | null>(null);
  const runLazy = useLazyAction();
  const [pendingOpen] = useState(createPendingOpen);
  const [typeAhead] = useState(createTypeAheadBuffer);
  const close = useCallback(
    (then?: () => void) => {
      typeAhead.flush();
      // The focus must be restored before `then` moves it.
      flushSync(() => setOverlay(null));
      then?.();
    },
    [typeAhead],
  );
  const show = useCallback(
    (next: Overlay) => {
      if (next === 'palette') typeAhead.start();
      void runLazy(LOADERS[next], (Component) => setOverlay({ kind: next, Component }));
    },
    [typeAhead, runLazy],
  );
  useGlobalShortcuts({
    onPalette: () => (overlay?.kind === 'palette' ? close() : show('palette')),
    onHelp: () => show('help'),
  });
  useDisableSingleKeyShortcuts(usePreference('singleKeyShortcuts'));

  useEffect(() => () => void typeAhead.flush(), [typeAhead]);

  // Preloaded in idle time.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette().catch(() => undefined), 3000);
    return () => clearTimeout(timer);
  }, []);

  const value = useMemo(() => ({ show, pendingOpen }), [show, pendingOpen]);
  return (
    <OverlayContext value={value}>
      <DeskSessionProvider>
        {children}
        <AvailabilityAlerts />
      </DeskSessionProvider>
      {overlay !== null && <overlay.Component flushTypeAhead={typeAhead.flush} onClose={close} />}
    </OverlayContext>
  );
}

function AvailabilityAlerts() {
  const { noteFreed } = useDeskSession();
  const now = useServerClock();
  useAvailabilityAlerts({ onOpen: useOpenExtension(), onAlert: (id) => noteFreed(id, now()) });
  return null;
}
