import { DENSITIES, NO_FILTER, PAGES, type Preferences, SHOWS, mayManageAccounts } from '@lampboard/protocol';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useMe } from '../api/api-context.tsx';
import { EVERYONE, type Group, groupsOf, keyOf, labelOf } from '../features/groups/groups.ts';
import type { PaletteCommand } from '../features/palette/command.ts';
import { THEMES, chooseLooks, keptLooks } from '../features/theme/theme.ts';
import { useChooseLanguage, useT } from '../i18n/i18n-context.tsx';
import { LANGUAGES, nameOfLanguage } from '../i18n/languages.ts';
import { useLive } from '../live/live-context.tsx';
import { rowsOf } from '../live/live-state.ts';
import { useOwn, useOwnGroups } from '../own/own-context.tsx';
import { KEYS } from '../ui/keys.ts';
import { useEverywhere } from './everywhere-context.ts';
import { hrefOfGroup } from './use-place.ts';

type Commands = readonly PaletteCommand[];

/** Everything that the page does by name: where to go, what to show, how it looks. */
export function useCommands(): Commands {
  const pages = usePages();
  const groups = useGroups();
  const views = useViews();
  const looks = useLooks();
  return useMemo(() => [...pages, ...groups, ...views, ...looks], [pages, groups, views, looks]);
}

function usePages(): Commands {
  const t = useT();
  const me = useMe();
  const [, navigate] = useLocation();
  const { show } = useEverywhere();
  return useMemo(() => {
    const kind = t('palette.kind.page');
    const page = (href: string, words: string) => ({ id: href, kind, words, run: () => navigate(href) });
    const admin = me !== null && mayManageAccounts(me);
    return [
      page(PAGES.myStatus, t('account.my-status')),
      page(PAGES.wall, t('palette.open-wall')),
      page(PAGES.account, t('account.heading')),
      ...(admin
        ? [
            page(PAGES.accounts, t('accounts.heading')),
            page(PAGES.audit, t('audit.heading')),
            page(PAGES.health, t('health.heading')),
          ]
        : []),
      {
        id: 'help',
        kind,
        words: t('palette.open-help'),
        keys: KEYS.everywhere.help[0],
        run: () => show('help'),
      },
      { id: 'sign-out', kind, words: t('account.sign-out'), run: () => show('ask-to-sign-out') },
    ];
  }, [t, me, navigate, show]);
}

/** The groups as they were when the palette was opened. */
function useGroups(): Commands {
  const t = useT();
  const own = useOwnGroups();
  const { store } = useLive();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const { owned, departments, contexts } = groupsOf(rowsOf(store.getState()), own, t.locale);
    const groups: readonly Group[] = [
      EVERYONE,
      ...[...owned, ...departments, ...contexts].map(({ group }) => group),
    ];
    return groups.map((group) => ({
      id: `group ${keyOf(group)}`,
      kind: t('palette.kind.group'),
      words: labelOf(t, group, own),
      run: () => navigate(hrefOfGroup(group)),
    }));
  }, [t, own, store, navigate]);
}

function useViews(): Commands {
  const t = useT();
  const own = useOwn();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const prefer = (patch: Partial<Preferences>) => () => {
      own.prefer(patch);
      if (window.location.pathname !== '/') navigate('/');
    };
    const kind = t('view.view');
    const only = t('palette.kind.show');
    return [
      ...DENSITIES.map((density) => ({
        id: `view ${density}`,
        kind,
        words: t(`view.${density}`),
        run: prefer({ view: 'tiles', density }),
      })),
      { id: 'view table', kind, words: t('view.table'), run: prefer({ view: 'table' }) },
      ...SHOWS.map((show) => ({
        id: `show ${show}`,
        kind: only,
        words: t(`filter.${show}`),
        run: prefer({ filter: { ...NO_FILTER, show } }),
      })),
      { id: 'show all', kind: only, words: t('filter.show-all'), run: prefer({ filter: NO_FILTER }) },
    ];
  }, [t, own, navigate]);
}

function useLooks(): Commands {
  const t = useT();
  const choose = useChooseLanguage();
  return useMemo(
    () => [
      ...THEMES.map((theme) => ({
        id: `theme ${theme}`,
        kind: t('palette.kind.theme'),
        words: t(`theme.${theme}`),
        run: () => chooseLooks({ ...keptLooks(), theme }),
      })),
      ...LANGUAGES.map((language) => ({
        id: `language ${language}`,
        kind: t('language.label'),
        words: nameOfLanguage(language),
        run: () => choose(language),
      })),
    ],
    [t, choose],
  );
}
