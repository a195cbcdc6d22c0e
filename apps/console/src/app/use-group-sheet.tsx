import { type ReactNode, Suspense, lazy, useEffect, useRef, useState } from 'react';
import type { Sheet } from '../features/group-sheet/group-sheets.tsx';
import { EVERYONE, type Group } from '../features/groups/groups.ts';
import { useT } from '../i18n/i18n-context.tsx';
import { useNotices } from '../ui/notices.tsx';

const load = () => import('../features/group-sheet/group-sheets.tsx');
const GroupSheets = lazy(async () => ({ default: (await load()).GroupSheets }));

interface GroupSheetOptions {
  group: Group;
  goTo: (group: Group) => void;
  /** What had the focus before the sheet is not there any more. */
  onFocusLost: () => void;
}

interface GroupSheet {
  readonly ways: {
    onEdit: (id: string) => void;
    onNew: () => void;
    onArrange: () => void;
  };
  /** The sheet that is open, if any. */
  readonly sheet: ReactNode;
}

/** The sheets of the account's own groups, which are loaded when the first one is opened. */
export function useGroupSheet({ group, goTo, onFocusLost }: GroupSheetOptions): GroupSheet {
  const t = useT();
  const notices = useNotices();
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && sheet === null && document.activeElement === document.body) onFocusLost();
    wasOpen.current = sheet !== null;
  }, [sheet, onFocusLost]);

  const open = (wanted: Sheet) =>
    void load().then(
      () => setSheet(wanted),
      () => notices.tell({ text: t('page.part-not-loaded'), tone: 'alert' }),
    );
  return {
    ways: {
      onEdit: (id) => open({ kind: 'group', id }),
      onNew: () => open({ kind: 'group', id: null }),
      onArrange: () => open({ kind: 'arrange' }),
    },
    sheet: sheet !== null && (
      <Suspense>
        <GroupSheets
          sheet={sheet}
          onSheet={setSheet}
          onMade={(id) => goTo({ kind: 'own', id })}
          onRemoved={(id) => {
            if (group.kind === 'own' && group.id === id) goTo(EVERYONE);
          }}
        />
      </Suspense>
    ),
  };
}
