import { isReachable, phoneSince } from '@lampboard/model';
import type { Call } from '@lampboard/protocol';
import { type CallLine, callText } from '../../entities/call/call-text.ts';
import { CallTime, useReturnsIn } from '../../entities/call/call-times.tsx';
import { CallDuration, DistinctionBadge } from '../../entities/extension/badges.tsx';
import { displayName, shownLamp, stateLabel } from '../../entities/extension/accessible-name.ts';
import { ExtensionLamp } from '../../entities/extension/lamp.tsx';
import { HighlightedText } from '../../entities/extension/search-highlight.tsx';
import type { ExtensionView } from '../../entities/extension/use-extension-view.ts';
import { useT } from '../../i18n/i18n-context.tsx';

/** One line: lamp, name, number, and one short word or time. */
interface CompactContentProps {
  view: ExtensionView;
  calls: readonly CallLine[];
}

export function CompactContent({ view, calls }: CompactContentProps) {
  const t = useT();
  const { extension, live } = view;
  const name = displayName(t, extension);
  return (
    <>
      <span className="tile-lamp" aria-hidden="true">
        <ExtensionLamp extension={extension} live={live} callStates={view.callStates} />
      </span>
      <span className="tile-head" aria-hidden="true">
        <span className="tile-name" dir="auto" title={name}>
          <HighlightedText text={name} />
        </span>
        <DistinctionBadge distinction={view.distinction} />
        <span className="tile-number">
          <HighlightedText text={extension.exten} />
        </span>
      </span>
      <span className="tile-short" aria-hidden="true">
        <ShortAnswer view={view} call={calls[0]?.call} />
      </span>
    </>
  );
}

function ShortAnswer({ view, call }: { view: ExtensionView; call: Call | undefined }) {
  const t = useT();
  const { extension, live, overdueBy, returnTime, returnDay } = view;
  const { presence } = extension;
  if (!live) return t('tile.last-known-short');
  if (overdueBy !== null) return <span className="overdue">+{overdueBy}</span>;
  if (call?.parking !== undefined) return <ReturnsIn call={call} />;
  if (call?.state === 'conference') return t('call.people', { count: call.members ?? 1 });
  if (call !== undefined && call.since !== null) return <CallTime call={call} short />;
  const since = phoneSince(extension);
  if (view.onCall && since !== null && shownLamp(extension) !== 'busy')
    return <CallDuration id={extension.id} since={since} />;
  if (shownLamp(extension) !== 'idle' || presence === null) return stateLabel(t, extension);
  if (returnTime !== null)
    return `${t('tile.until')} ${returnTime.length > MAX_TIME ? returnDay : returnTime}`;
  return isReachable(extension) ? null : t(`presence.${presence.state}`);
}

function ReturnsIn({ call }: { call: Call }) {
  const t = useT();
  const time = useReturnsIn(call.id, call.parking?.returnsAt ?? null);
  return time === null ? callText(t, call, '') : t('call.returns-in', { time });
}

/** Characters of a return time that leave the name its room. */
const MAX_TIME = 8;
