import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { GroupSheets, Sheet } from '../features/group-sheet/group-sheets.tsx';
import { EVERYONE, type Group } from '../features/groups/groups.ts';
import { usePart } from './use-part.ts';

const load = async () => (await import('../features/group-sheet/group-sheets.tsx')).GroupSheets;

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
  const withPart = usePart();
  const [part, setPart] = useState<{ Sheets: typeof GroupSheets } | null>(null);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && sheet === null && document.activeElement === document.body) onFocusLost();
    wasOpen.current = sheet !== null;
  }, [sheet, onFocusLost]);

  const open = (wanted: Sheet) =>
    void withPart(load, (Sheets) => {
      setPart({ Sheets });
      setSheet(wanted);
    });
  return {
    ways: {
      onEdit: (id) => open({ kind: 'group', id }),
      onNew: () => open({ kind: 'group', id: null }),
      onArrange: () => open({ kind: 'arrange' }),
    },
    sheet: part !== null && sheet !== null && (
      <part.Sheets
        sheet={sheet}
        onSheet={setSheet}
        onMade={(id) => goTo({ kind: 'own', id })}
        onRemoved={(id) => {
          if (group.kind === 'own' && group.id === id) goTo(EVERYONE);
        }}
      />
    ),
  };
}
