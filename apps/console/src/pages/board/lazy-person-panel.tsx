import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { useLiveState, useOutages } from '../../data/socket/live-context.tsx';
import { allDownSince, extensionsOf } from '../../data/socket/connection-state.ts';
import { SHORTCUTS, keyLabels } from '../../keyboard/shortcuts.ts';
import '../person/person-panel.css';
import { useEffect } from 'react';
import { lazyComponent } from '../../ui/lazy-component.tsx';
import { runWhenIdle } from '../../ui/run-when-idle.ts';

const load = () => import('../person/person-panel.tsx');
const preload = () => load().catch(() => undefined);

/** Reserves the panel's space while it is loading. */
export const LazyPersonPanel = lazyComponent(
  async () => (await load()).PersonPanelContainer,
  <div className="person-panel" aria-busy="true" />,
);

/** Preloads the panel in an idle moment of a live board, so that the first click does not wait. */
export function usePreloadPanel(): void {
  const live = allDownSince(useOutages()) === null;
  useEffect(() => {
    if (!live) return undefined;
    return runWhenIdle(() => {
      void preload();
      return false;
    });
  }, [live]);
}

const Key = ({ of: key }: { of: string }) => <kbd>{keyLabels(key, useT())}</kbd>;

/** Reserves the panel's space while nobody is open, so that no tile moves. `people`: not a group of functions. */
export function PanelPlaceholder({ people }: { people: boolean }) {
  const t = useT();
  const hasExtensions = useLiveState((state) => extensionsOf(state).size > 0);
  if (!hasExtensions) return <div className="person-panel" />;
  const { person, board, global } = SHORTCUTS;
  return (
    <aside className="person-panel panel-placeholder" aria-label={t('person.person')}>
      <p>{t(people ? 'person.choose' : 'person.choose-line')}</p>
      <ul>
        <li>
          <Trans messageKey="person.key-find" values={{ key: <Key of={global.find[0]} /> }} />
        </li>
        <li>
          <Trans messageKey="person.key-open" values={{ key: <Key of={board.open[0]} /> }} />
        </li>
        {people && (
          <li>
            <Trans
              messageKey="person.key-presence"
              values={{ first: <Key of={person.available[0]} />, last: <Key of={person.unavailable[0]} /> }}
            />
          </li>
        )}
      </ul>
    </aside>
  );
}
