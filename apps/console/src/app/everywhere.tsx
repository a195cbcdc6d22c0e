import { type ComponentType, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { usePreference } from '../own/own-context.tsx';
import { EverywhereContext, type Overlay, createWanted } from './everywhere-context.ts';
import { TellMeWatch } from './tell-me-watch.tsx';
import { createTypedAhead } from './typed-ahead.ts';
import { usePart } from './use-part.ts';
import { useEverywhereKeys } from './use-everywhere-keys.ts';
import { useSingleKeys } from './use-single-keys.ts';

type Close = (then?: () => void) => void;
type OverlayPart = ComponentType<{ onClose: Close; takeTyped: () => string }>;

const importPalette = async (): Promise<OverlayPart> => (await import('./app-palette.tsx')).AppPalette;
const importSignOut = async (always: boolean): Promise<OverlayPart> => {
  const { SignOut } = await import('./sign-out.tsx');
  return ({ onClose }) => <SignOut always={always} onClose={onClose} />;
};
const LOADS: Readonly<Record<Overlay, () => Promise<OverlayPart>>> = {
  palette: importPalette,
  help: async () => (await import('../features/help/key-help.tsx')).KeyHelp,
  'sign-out': () => importSignOut(false),
  'ask-to-sign-out': () => importSignOut(true),
};

/** What is there on every page behind the sign-in: the palette, the help, and the keys that lead to them. */
export function Everywhere({ children }: { children: ReactNode }) {
  const [overlay, setOverlay] = useState<{ kind: Overlay; Part: OverlayPart } | null>(null);
  const withPart = usePart();
  const [wanted] = useState(createWanted);
  const [typed] = useState(createTypedAhead);
  const close = useCallback(
    (then?: () => void) => {
      typed.take();
      // The focus is back where it was before anything else takes it.
      flushSync(() => setOverlay(null));
      then?.();
    },
    [typed],
  );
  const show = useCallback(
    (next: Overlay) => {
      if (next === 'palette') typed.begin();
      void withPart(LOADS[next], (Part) => setOverlay({ kind: next, Part }));
    },
    [typed, withPart],
  );
  useEverywhereKeys({
    onPalette: () => (overlay?.kind === 'palette' ? close() : show('palette')),
    onHelp: () => show('help'),
  });
  useSingleKeys(usePreference('singleKeys'));

  useEffect(() => () => void typed.take(), [typed]);

  // Fetched before it is wanted, once there is nothing better to do.
  useEffect(() => {
    const timer = setTimeout(() => void importPalette().catch(() => undefined), 3000);
    return () => clearTimeout(timer);
  }, []);

  const value = useMemo(() => ({ show, wanted }), [show, wanted]);
  return (
    <EverywhereContext value={value}>
      {children}
      <TellMeWatch />
      {overlay !== null && <overlay.Part takeTyped={typed.take} onClose={close} />}
    </EverywhereContext>
  );
}
