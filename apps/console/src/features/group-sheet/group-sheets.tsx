import { ArrangeSheet } from './arrange-sheet.tsx';
import { GroupSheet } from './group-sheet.tsx';

/** Which sheet is open; a group without an id is a new one. */
export type Sheet = { readonly kind: 'group'; readonly id: string | null } | { readonly kind: 'arrange' };

interface GroupSheetsProps {
  sheet: Sheet;
  onSheet: (sheet: Sheet | null) => void;
  onMade: (id: string) => void;
  onRemoved: (id: string) => void;
}

/** The sheets in which an account makes groups of its own. */
export function GroupSheets({ sheet, onSheet, onMade, onRemoved }: GroupSheetsProps) {
  const close = () => onSheet(null);
  switch (sheet.kind) {
    case 'arrange':
      return (
        <ArrangeSheet
          onEdit={(id) => onSheet({ kind: 'group', id })}
          onNew={() => onSheet({ kind: 'group', id: null })}
          onClose={close}
        />
      );
    case 'group':
      return (
        <GroupSheet
          id={sheet.id}
          onMade={onMade}
          onRemoved={(id) => {
            close();
            onRemoved(id);
          }}
          onClose={close}
        />
      );
  }
}
