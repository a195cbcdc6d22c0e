import {
  DENSITIES,
  NO_FILTER,
  PAGE_PATHS,
  type Preferences,
  FILTER_PRESETS,
  canManageAccounts,
} from '@lampboard/protocol';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useMe } from '../data/http/api-context.tsx';
import { currentPath } from '../data/http/base-path.ts';
import { ALL_EXTENSIONS, type Group, countGroups, groupKey, groupLabel } from '../entities/group/groups.ts';
import type { PaletteCommand } from '../features/command-palette/palette-command.ts';
import { THEMES, setTheme, loadTheme } from '../features/theme/theme.ts';
import { useSetLanguage, useT } from '../i18n/i18n-context.tsx';
import { LANGUAGES, languageName } from '../i18n/languages.ts';
import { useLive, usePbxNames } from '../data/socket/live-context.tsx';
import { extensionsOf } from '../data/socket/connection-state.ts';
import { useSettings, useUserGroups } from '../data/preferences/settings-context.tsx';
import { SHORTCUTS } from '../keyboard/shortcuts.ts';
import { useOverlay } from './overlay-context.ts';
import { groupHref } from './use-board-route.ts';

type Commands = readonly PaletteCommand[];

export function usePaletteCommands(): Commands {
  const pages = usePageCommands();
  const groups = useGroupCommands();
  const views = useViewCommands();
  const themes = useThemeCommands();
  return useMemo(() => [...pages, ...groups, ...views, ...themes], [pages, groups, views, themes]);
}

function usePageCommands(): Commands {
  const t = useT();
  const me = useMe();
  const [, navigate] = useLocation();
  const { show } = useOverlay();
  return useMemo(() => {
    const kind = t('palette.kind.page');
    const page = (href: string, label: string) => ({ id: href, kind, label, run: () => navigate(href) });
    const admin = me !== null && canManageAccounts(me);
    return [
      page(PAGE_PATHS.myStatus, t('page.my-status')),
      page(PAGE_PATHS.wall, t('wall.heading')),
      page(PAGE_PATHS.account, t('account.heading')),
      ...(admin
        ? [
            page(PAGE_PATHS.accounts, t('accounts.heading')),
            page(PAGE_PATHS.directory, t('directory.heading')),
            page(PAGE_PATHS.importDirectory, t('import.heading')),
            page(PAGE_PATHS.audit, t('audit.heading')),
            page(PAGE_PATHS.health, t('health.heading')),
          ]
        : []),
      {
        id: 'help',
        kind,
        label: t('keys.global.help'),
        keys: SHORTCUTS.global.help[0],
        run: () => show('help'),
      },
      { id: 'sign-out', kind, label: t('account.sign-out'), run: () => show('confirm-sign-out') },
    ];
  }, [t, me, navigate, show]);
}

function useGroupCommands(): Commands {
  const t = useT();
  const userGroups = useUserGroups();
  const pbxNames = usePbxNames();
  const { store } = useLive();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const { userGroupCounts, pbxs, departments, contexts, kinds } = countGroups(
      extensionsOf(store.getState()),
      userGroups,
      pbxNames,
      t.locale,
    );
    const groups: readonly Group[] = [
      ALL_EXTENSIONS,
      ...[...userGroupCounts, ...pbxs, ...departments, ...kinds, ...contexts].map(({ group }) => group),
    ];
    return groups.map((group) => ({
      id: `group ${groupKey(group)}`,
      kind: t('palette.kind.group'),
      label: groupLabel(t, group, userGroups, pbxNames),
      run: () => navigate(groupHref(group)),
    }));
  }, [t, userGroups, pbxNames, store, navigate]);
}

function useViewCommands(): Commands {
  const t = useT();
  const settings = useSettings();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const applyPreference = (patch: Partial<Preferences>) => () => {
      settings.updatePreferences(patch);
      if (currentPath() !== '/') navigate('/');
    };
    const kind = t('view.view');
    const filterKind = t('palette.kind.filter');
    return [
      ...DENSITIES.map((density) => ({
        id: `view ${density}`,
        kind,
        label: t(`view.${density}`),
        run: applyPreference({ view: 'tiles', density }),
      })),
      { id: 'view table', kind, label: t('view.table'), run: applyPreference({ view: 'table' }) },
      ...FILTER_PRESETS.map((preset) => ({
        id: `show ${preset}`,
        kind: filterKind,
        label: t(`filter.${preset}`),
        run: applyPreference({ filter: { ...NO_FILTER, preset } }),
      })),
      {
        id: 'show all',
        kind: filterKind,
        label: t('filter.clear'),
        run: applyPreference({ filter: NO_FILTER }),
      },
    ];
  }, [t, settings, navigate]);
}

function useThemeCommands(): Commands {
  const t = useT();
  const setLanguage = useSetLanguage();
  return useMemo(
    () => [
      ...THEMES.map((theme) => ({
        id: `theme ${theme}`,
        kind: t('theme.heading'),
        label: t(`theme.${theme}`),
        run: () => setTheme({ ...loadTheme(), theme }),
      })),
      ...LANGUAGES.map((language) => ({
        id: `language ${language}`,
        kind: t('language.label'),
        label: languageName(language),
        run: () => setLanguage(language),
      })),
    ],
    [t, setLanguage],
  );
}
