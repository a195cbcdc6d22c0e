import { phoneSince } from '@lampboard/model';
import type { Lamp, Parking } from '@lampboard/protocol';
import { Bell, type LucideIcon, Pause } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { CallText } from '../call/call-line.tsx';
import { type CallLine, isKnownParty, useParkerText } from '../call/call-text.ts';
import { PresenceIcon } from '../presence/presence-badge.tsx';
import { displayName, distinctionText, shownLamp, stateLabel } from '../extension/accessible-name.ts';
import { CallDuration, MismatchBadge, OverdueBadge, PhoneBadges } from '../extension/badges.tsx';
import { ExtensionLamp } from '../extension/lamp.tsx';
import { HighlightedText, SearchTermsContext, useMessagePreview } from '../extension/search-highlight.tsx';
import type { ExtensionView } from '../extension/use-extension-view.ts';
import './tile-content.css';

interface TileContentProps {
  view: ExtensionView;
  calls: readonly CallLine[];
  /** Of text, the name included. */
  lines: 3 | 4;
  /** Shows the department where a line is left for it. */
  withDepartment: boolean;
  /** The state that an unsaved draft would set. */
  draft?: ReactNode;
}

/** Lamp and lines of a tile: the name, whether a call can be put through, and what else there is room for. */
export function TileContent({ view, calls, lines, withDepartment, draft = null }: TileContentProps) {
  const t = useT();
  const { extension, live } = view;
  const { person, presence } = extension;
  const name = displayName(t, extension);
  const isSearching = useContext(SearchTermsContext).length > 0;
  const preview = useMessagePreview(extension, { withDepartment: true });
  const message = isSearching ? preview : view.message;

  const context = view.distinction === null ? null : distinctionText(t, view.distinction);
  const free = lines - 2 - Number(context !== null);
  const further = furtherLines(view, calls, draft, free);
  const left = free - further.length;
  const isDepartmentShown = withDepartment && left > Number(message !== '') && message !== person.department;
  const foot = context ?? (view.asOf !== null && left > Number(message !== '') ? view.asOf : null);
  const department = foot === null && isDepartmentShown ? person.department : '';
  const hasFoot = foot !== null || department !== '';
  const messageLines = left - Number(context === null && hasFoot);

  return (
    <>
      <span className="tile-lamp" aria-hidden="true">
        <ExtensionLamp extension={extension} live={live} callStates={view.callStates} />
      </span>
      <span className="tile-text" aria-hidden="true">
        <span className="tile-head">
          <span className="tile-name" dir="auto" title={name}>
            <HighlightedText text={name} />
          </span>
          <span className="tile-number">
            <HighlightedText text={extension.exten} />
          </span>
        </span>
        <AnswerLine view={view} calls={calls} further={further} />
        {further.map((line) => (
          <FurtherLine key={line} line={line} view={view} calls={calls} draft={draft} />
        ))}
        {messageLines > 0 && (message !== '' || hasFoot) && (
          <span className="tile-message" data-lines={messageLines} dir="auto" title={presence?.message}>
            <HighlightedText text={message} />
          </span>
        )}
        {foot !== null && (
          <span className="tile-line tile-quiet">
            <span className="truncate badge-distinction" dir="auto" title={foot}>
              {foot}
            </span>
          </span>
        )}
        {department !== '' && (
          <span className="tile-line tile-quiet">
            <span className="truncate" dir="auto">
              <HighlightedText text={department} />
            </span>
          </span>
        )}
      </span>
    </>
  );
}

/** The lamp is live, and busy for no other reason than the phone's do not disturb. */
const isBusyByDnd = ({ extension, live }: ExtensionView) =>
  live && shownLamp(extension) === 'busy' && extension.phone?.dnd === true;

/** Returns the features with a line of their own: the answer of such a phone names do not disturb itself. */
const featuresBelow = (view: ExtensionView, answer: Answer) =>
  answer === 'phone' && isBusyByDnd(view)
    ? view.features.filter(({ feature }) => feature !== 'dnd')
    : view.features;

/** Between the answer and the message, as seen. */
const FURTHER_LINES = ['second', 'presence', 'late', 'draft', 'features', 'parked-by'] as const;
type Further = (typeof FURTHER_LINES)[number];
/** The last give way first. */
const BY_IMPORTANCE: readonly Further[] = ['late', 'second', 'draft', 'presence', 'features', 'parked-by'];

function furtherLines(
  view: ExtensionView,
  calls: readonly CallLine[],
  draft: ReactNode,
  count: number,
): readonly Further[] {
  const { extension, overdue } = view;
  const answer = answerOf(view, calls);
  const isRelevant: Readonly<Record<Further, boolean>> = {
    second:
      secondCall(view, calls) !== undefined ||
      (calls.length === 0 && SECOND_STATES[shownLamp(extension)] !== undefined),
    presence: answer !== 'presence' && extension.presence !== null,
    late: overdue !== null,
    draft: draft !== null,
    features: answer !== 'features' && featuresBelow(view, answer).length > 0,
    'parked-by': answer === 'call' && isKnownParty(calls[0]?.call.parking?.by),
  };
  const chosen = BY_IMPORTANCE.filter((line) => isRelevant[line]).slice(0, count);
  return FURTHER_LINES.filter((line) => chosen.includes(line));
}

/** A second state of the same phone, beside a call. */
const SECOND_STATES: Readonly<
  Partial<Record<Lamp, { icon: LucideIcon; messageKey: 'tile.second-ringing' | 'tile.second-on-hold' }>>
> = {
  'in-use-ringing': { icon: Bell, messageKey: 'tile.second-ringing' },
  'in-use-on-hold': { icon: Pause, messageKey: 'tile.second-on-hold' },
};

/** While not live, the first call stands below the last known lamp. */
const secondCall = ({ live }: ExtensionView, calls: readonly CallLine[]) => calls[live ? 1 : 0];

type Answer = 'call' | 'phone' | 'features' | 'presence';

/** Decides what says whether a call can be put through: the call, the phone, its features, or the presence. */
function answerOf(
  { extension, features, live, mismatch }: ExtensionView,
  calls: readonly CallLine[],
): Answer {
  const { phone, presence } = extension;
  if (live && calls.length > 0) return 'call';
  if (!live || shownLamp(extension) !== 'idle') return 'phone';
  const takesNoCalls = features.length > 0 && (phone?.dnd === true || phone?.forwarded === true);
  if (takesNoCalls && (presence === null || presence.state === 'available' || mismatch !== null))
    return 'features';
  return presence === null ? 'phone' : 'presence';
}

interface AnswerLineProps {
  view: ExtensionView;
  calls: readonly CallLine[];
  further: readonly Further[];
}

function AnswerLine({ view, calls, further }: AnswerLineProps) {
  const t = useT();
  const { extension, features, live, mismatch } = view;
  const answer = answerOf(view, calls);
  const [call] = calls;
  // Signs of what has no line of its own.
  const hasBadges = answer !== 'features' && features.length > 0 && !further.includes('features');
  const signs = (
    <>
      {mismatch !== null && !further.includes('presence') && <MismatchBadge mismatch={mismatch} />}
      {hasBadges && <PhoneBadges features={features} />}
    </>
  );
  if (answer === 'call' && call !== undefined) return <CallLineText line={call} signs={signs} />;
  if (answer === 'features') {
    return (
      <span className="tile-line tile-answer">
        {signs}
        <PhoneBadges features={features} withText />
      </span>
    );
  }
  if (answer === 'presence') return <PresenceLine view={view} isAnswer signs={signs} hasBadges={hasBadges} />;
  const lamp = shownLamp(extension);
  const phoneState = SECOND_STATES[lamp] === undefined ? stateLabel(t, extension) : t('lamp.in-use');
  // Among several signs its own one says it.
  const isDndNamed = isBusyByDnd(view) && !(hasBadges && features.length > 1);
  const otherState = isDndNamed ? t('tile.busy-by-dnd') : phoneState;
  const state = lamp === 'unavailable' ? t('tile.offline') : otherState;
  const isResting = lamp === 'idle';
  return (
    <span className={`tile-line tile-signed ${isResting ? '' : 'tile-answer'}`}>
      {signs}
      <span className="tile-state" title={state}>
        {/* Beside signs there is room for the state alone; a dashed tile says the rest. */}
        <span className="truncate">{live || hasBadges ? state : t('tile.last-known-state', { state })}</span>
      </span>
      {view.onCall && calls.length === 0 && (
        <CallDuration className="tile-duration" id={extension.id} since={phoneSince(extension)} />
      )}
    </span>
  );
}

interface FurtherLineProps {
  line: Further;
  view: ExtensionView;
  calls: readonly CallLine[];
  draft: ReactNode;
}

function FurtherLine({ line, view, calls, draft }: FurtherLineProps): ReactNode {
  const t = useT();
  const { extension, mismatch, overdue, due } = view;
  switch (line) {
    case 'second': {
      const secondLine = secondCall(view, calls);
      if (secondLine !== undefined)
        return <CallLineText line={secondLine} signs={<CallIcon line={secondLine} />} />;
      const second = SECOND_STATES[shownLamp(extension)];
      if (second === undefined) return null;
      return (
        <span className="tile-line">
          <second.icon aria-hidden="true" />
          <span className="truncate">{t(second.messageKey)}</span>
        </span>
      );
    }
    case 'presence':
      return (
        <PresenceLine
          view={view}
          isAnswer={false}
          signs={mismatch && <MismatchBadge mismatch={mismatch} />}
        />
      );
    case 'late':
      return (
        <span className="tile-line">
          {overdue !== null && <OverdueBadge overdue={overdue} />}
          {due !== null && <span className="tile-due">· {t('tile.due', { time: due })}</span>}
        </span>
      );
    case 'draft':
      return (
        <span className="tile-line tile-draft">
          <span className="truncate">{draft}</span>
        </span>
      );
    case 'features':
      return (
        <span className="tile-line">
          <PhoneBadges features={featuresBelow(view, answerOf(view, calls))} withText />
        </span>
      );
    case 'parked-by':
      return <ParkedBy parking={calls[0]?.call.parking} />;
  }
}

/** Characters of a state and its return time that fit the narrowest tile. */
const MAX_STATE_AND_TIME = 20;

function CallLineText({ line, signs }: { line: CallLine; signs: ReactNode }) {
  return (
    <CallText line={line} className="tile-line tile-call" sideClassName="tile-duration">
      {signs}
    </CallText>
  );
}

function CallIcon({ line: { call } }: { line: CallLine }) {
  if (call.state === 'ringing') return <Bell aria-hidden="true" />;
  return call.state === 'holding' || call.state === 'held' ? <Pause aria-hidden="true" /> : null;
}

function ParkedBy({ parking }: { parking: Parking | undefined }) {
  const text = useParkerText()(parking);
  return (
    text !== null && (
      <span className="tile-line tile-quiet">
        <span className="truncate">{text}</span>
      </span>
    )
  );
}

interface PresenceLineProps {
  view: ExtensionView;
  /** Else its icon stands before it, or `signs` in the icon's place. */
  isAnswer: boolean;
  signs: ReactNode;
  /** Signs of the phone are among them. */
  hasBadges?: boolean;
}

/** `Away until 14:00 · Lunch`; what has no room wraps out of sight, whole. */
function PresenceLine({ view, isAnswer, signs, hasBadges = false }: PresenceLineProps) {
  const t = useT();
  const { presence } = view.extension;
  if (presence === null) return null;
  const { state, subtype } = presence;
  const label = t(`presence.${state}`);
  const { returnTime, returnDay } = view;
  const isLong = label.length + (returnTime?.length ?? 0) > MAX_STATE_AND_TIME;
  const time = isLong ? returnDay : returnTime;
  const line = hasBadges ? 'tile-line tile-signed' : 'tile-line';
  return (
    <span className={`${line} ${isAnswer && state !== 'available' ? 'tile-answer' : ''}`}>
      {isAnswer ? signs : (signs ?? <PresenceIcon state={state} />)}
      <span className="tile-state" data-long={isLong || undefined}>
        <span className="truncate presence-label">{label}</span>
        {time !== null && (
          <>
            <span className="tile-until">
              <span>{t('tile.until')}</span>
            </span>
            <span className="tile-time">{time}</span>
          </>
        )}
      </span>
      {subtype !== '' && (
        <span className="tile-subtype">
          ·
          <span className="truncate" dir="auto" title={subtype}>
            <HighlightedText text={subtype} />
          </span>
        </span>
      )}
    </span>
  );
}
