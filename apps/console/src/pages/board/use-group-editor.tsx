import { useEffect, useMemo, useRef, useState } from 'react';
import type { GroupEditors, GroupEditorView } from '../../features/group-editor/group-editor.tsx';
import { ALL_EXTENSIONS, type Group } from '../../entities/group/groups.ts';
import { useLazyAction } from '../../shell/use-lazy-action.ts';

const load = async () => (await import('../../features/group-editor/group-editor.tsx')).GroupEditors;

interface GroupEditorOptions {
  group: Group;
  navigateTo: (group: Group) => void;
  /** The element that had the focus before the sheet is gone. */
  onFocusLost: () => void;
}

/** The lazily loaded sheets that edit the user's groups. */
export function useGroupEditor({ group, navigateTo, onFocusLost }: GroupEditorOptions) {
  const runLazy = useLazyAction();
  const [loaded, setLoaded] = useState<{ Editors: typeof GroupEditors } | null>(null);
  const [view, setView] = useState<GroupEditorView | null>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && view === null && document.activeElement === document.body) onFocusLost();
    wasOpen.current = view !== null;
  }, [view, onFocusLost]);

  const actions = useMemo(() => {
    const open = (requested: GroupEditorView) =>
      void runLazy(load, (Editors) => {
        setLoaded({ Editors });
        setView(requested);
      });
    return {
      onEdit: (id: string) => open({ kind: 'group', id }),
      onNew: () => open({ kind: 'group', id: null }),
      onManageGroups: () => open({ kind: 'group-list' }),
    };
  }, [runLazy]);
  return {
    actions,
    editor: loaded !== null && view !== null && (
      <loaded.Editors
        view={view}
        onViewChange={setView}
        onCreated={(id) => navigateTo({ kind: 'user', id })}
        onRemoved={(id) => {
          if (group.kind === 'user' && group.id === id) navigateTo(ALL_EXTENSIONS);
        }}
      />
    ),
  };
}
