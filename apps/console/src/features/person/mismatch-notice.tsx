import { suggestColleague, mismatchOf, isFree } from '@lampboard/model';
import type { Extension } from '@lampboard/protocol';
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { useMe } from '../../data/http/api-context.tsx';
import { withDistinction, hasName } from '../../entities/extension/accessible-name.ts';
import { isLine } from '../../entities/kind/kinds.ts';
import { Trans, useT } from '../../i18n/i18n-context.tsx';
import { useIsLive, useDistinction } from '../../data/socket/live-context.tsx';
import { type Extensions, useBoardValue } from '../../data/socket/use-board-value.ts';
import { ReachableLamp } from '../../entities/extension/lamp.tsx';
import { AgreeWithPhone } from './agree-with-phone.tsx';
import './person.css';

interface MismatchNoticeProps {
  extension: Extension;
  onOpen: (id: string) => void;
  /** Shown while the person is not available. */
  children: ReactNode;
}

/** Names a mismatch of phone and presence while live, and what ends it. */
export function PhoneAndPresence({ extension }: Pick<MismatchNoticeProps, 'extension'>) {
  const t = useT();
  const live = useIsLive(extension.id);
  const mismatch = live ? mismatchOf(extension) : null;
  return (
    <>
      {mismatch !== null && (
        <p className="mismatch-text">
          <TriangleAlert size={15} aria-hidden="true" />
          {t(`mismatch.${mismatch}`)}
        </p>
      )}
      <AgreeWithPhone extension={extension} />
    </>
  );
}

/** Names a mismatch, and suggests a colleague; only while live. */
export function MismatchNotice({ extension, onOpen, children }: MismatchNoticeProps) {
  const live = useIsLive(extension.id);
  return (
    <div className="mismatch-notice">
      <PhoneAndPresence extension={extension} />
      {live && !isFree(extension) && !isLine(extension) && (
        <SuggestedColleague id={extension.id} onOpen={onOpen} />
      )}
      {children}
    </div>
  );
}

const sameSuggestion = (a: Extension | null, b: Extension | null) =>
  a === b || (a?.id === b?.id && a?.person === b?.person);

function SuggestedColleague({ id, onOpen }: { id: string; onOpen: (id: string) => void }) {
  const myExtensions = useMe()?.extensions;
  const suggest = useCallback(
    (extensions: Extensions) => {
      const extension = extensions.get(id);
      return extension === undefined ? null : suggestColleague(extension, extensions.values(), myExtensions);
    },
    [id, myExtensions],
  );
  const colleague = useBoardValue(suggest, sameSuggestion);
  const distinction = useDistinction(colleague?.id ?? '');
  if (colleague === null) return null;
  const { exten, person } = colleague;
  const number = withDistinction(exten, distinction);
  return (
    <button type="button" className="chip mismatch-colleague" onClick={() => onOpen(colleague.id)}>
      <ReachableLamp />
      <span>
        {!hasName(colleague) ? (
          <Trans messageKey="colleague.reachable-number" values={{ exten: number }} />
        ) : (
          <Trans
            messageKey="colleague.reachable"
            values={{ name: <bdi>{person.name}</bdi>, exten: number }}
          />
        )}
      </span>
    </button>
  );
}
