import { type ReactNode, Suspense, lazy, useCallback, useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { usePreference } from '../own/own-context.tsx';
import { EverywhereContext, type Overlay, createWanted } from './everywhere-context.ts';
import { TellMeWatch } from './tell-me-watch.tsx';
import { createTypedAhead } from './typed-ahead.ts';
import { useEverywhereKeys } from './use-everywhere-keys.ts';
import { useSingleKeys } from './use-single-keys.ts';

const importPalette = () => import('./app-palette.tsx');
const AppPalette = lazy(async () => ({ default: (await importPalette()).AppPalette }));
const KeyHelp = lazy(async () => ({ default: (await import('../features/help/key-help.tsx')).KeyHelp }));
const SignOut = lazy(async () => ({ default: (await import('./sign-out.tsx')).SignOut }));

/** What is there on every page behind the sign-in: the palette, the help, and the keys that lead to them. */
export function Everywhere({ children }: { children: ReactNode }) {
  const [overlay, setOverlay] = useState<Overlay | null>(null);
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
      setOverlay(next);
    },
    [typed],
  );
  useEverywhereKeys({
    onPalette: () => (overlay === 'palette' ? close() : show('palette')),
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
      <Suspense>
        {overlay === 'palette' && <AppPalette takeTyped={typed.take} onClose={close} />}
        {overlay === 'help' && <KeyHelp onClose={close} />}
        {overlay === 'sign-out' && <SignOut onClose={close} />}
      </Suspense>
    </EverywhereContext>
  );
}
