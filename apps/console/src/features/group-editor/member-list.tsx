import { X } from 'lucide-react';
import { useCallback, useRef } from 'react';
import { messageName } from '../../entities/extension/use-display-name.ts';
import { useT } from '../../i18n/i18n-context.tsx';
import { useDistinctions } from '../../data/socket/live-context.tsx';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { IconButton } from '../../ui/button.tsx';
import { useFocusFallback } from '../../ui/use-focus-fallback.ts';
import { ExtensionName } from '../../entities/extension/extension-name.tsx';
import { SortableList } from './sortable-list.tsx';

interface MemberListProps {
  members: readonly string[];
  onMove: (id: string, index: number) => void;
  onRemove: (id: string) => void;
  /** The last member was removed while it had the focus. */
  onEmptied: () => void;
}

export function MemberList({ members, onMove, onRemove, onEmptied }: MemberListProps) {
  const t = useT();
  const root = useRef<HTMLDivElement>(null);
  const lastRemoved = useRef(0);
  const distinctions = useDistinctions();
  const findNames = useCallback(
    (extensions: Extensions) =>
      members.map((id) => {
        const extension = extensions.get(id);
        return extension === undefined ? id : messageName(t, extension, distinctions);
      }),
    [t, members, distinctions],
  );
  const names = useBoardValue(findNames);
  useFocusFallback(root, () => {
    const next = root.current?.querySelectorAll<HTMLElement>('.member-remove') ?? [];
    if (next.length === 0) onEmptied();
    else next[Math.min(lastRemoved.current, next.length - 1)]?.focus();
  });

  return (
    <div ref={root}>
      <SortableList
        label={t('group-editor.members')}
        items={members.map((id, index) => ({ id, name: names[index] ?? id }))}
        onMove={onMove}
        renderActions={({ id, name }) => (
          <IconButton
            className="member-remove"
            Icon={X}
            size={16}
            label={t('ui.remove', { name })}
            onClick={() => {
              lastRemoved.current = members.indexOf(id);
              onRemove(id);
            }}
          />
        )}
      >
        {({ id }) => <ExtensionName id={id} />}
      </SortableList>
    </div>
  );
}
