import { bestColleague, contradictionOf, isFree } from '@lampboard/board';
import type { ExtensionRow } from '@lampboard/protocol';
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { useMe } from '../../api/api-context.tsx';
import { inContext, isNamed } from '../../extension/extension-words.ts';
import { Phrase, useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useTellingContext } from '../../live/live-context.tsx';
import { type Rows, useBoardValue } from '../../live/use-board-value.ts';
import { Lamp } from '../../ui/lamp.tsx';
import './sense-lines.css';

interface SenseLinesProps {
  row: ExtensionRow;
  onOpen: (id: string) => void;
  /** What else helps when the person cannot be reached. */
  children: ReactNode;
}

/** Telephone and person taken together: what contradicts, and who or what helps. Nothing of it is last known. */
export function SenseLines({ row, onOpen, children }: SenseLinesProps) {
  const t = useT();
  const live = useIsLive();
  const contradiction = live ? contradictionOf(row) : null;
  return (
    <div className="sense-lines">
      {contradiction !== null && (
        <p className="sense-contradiction">
          <TriangleAlert size={15} aria-hidden="true" />
          {t(`sense.${contradiction}`)}
        </p>
      )}
      {live && !isFree(row) && <Colleague id={row.id} onOpen={onOpen} />}
      {children}
    </div>
  );
}

const sameColleague = (a: ExtensionRow | null, b: ExtensionRow | null) =>
  a === b || (a?.id === b?.id && a?.person === b?.person);

/** Who best takes the call instead; never the user. */
function Colleague({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const own = useMe()?.extensions;
  const find = useCallback(
    (rows: Rows) => {
      const row = rows.get(id);
      return row === undefined ? null : bestColleague(row, rows.values(), own);
    },
    [id, own],
  );
  const best = useBoardValue(find, sameColleague);
  const context = useTellingContext(best ?? undefined);
  if (best === null) return null;
  const { exten, person } = best;
  const number = inContext(exten, context);
  return (
    <button type="button" className="sense-colleague" onClick={() => onOpen(best.id)}>
      <Lamp lamp="idle" live />
      <span>
        {!isNamed(best) ? (
          <Phrase k="sense.colleague-number" values={{ exten: number }} />
        ) : (
          <Phrase k="sense.colleague" values={{ name: <bdi>{person.name}</bdi>, exten: number }} />
        )}
      </span>
    </button>
  );
}
