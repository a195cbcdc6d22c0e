import { phoneSince } from '@lampboard/model';
import type { Lamp } from '@lampboard/protocol';
import { Bell, type LucideIcon, Pause } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { useT } from '../../i18n/i18n-context.tsx';
import { PresenceIcon } from '../presence/presence-badge.tsx';
import { displayName, distinctionText, shownLamp, stateLabel } from '../extension/accessible-name.ts';
import { CallDuration, MismatchBadge, OverdueBadge, PhoneBadges } from '../extension/badges.tsx';
import { ExtensionLamp } from '../extension/lamp.tsx';
import { HighlightedText, SearchTermsContext, useMessagePreview } from '../extension/search-highlight.tsx';
import type { ExtensionView } from '../extension/use-extension-view.ts';
import './tile-content.css';

interface TileContentProps {
  view: ExtensionView;
  /** Of text, the name included. */
  lines: 3 | 4;
  /** Shows the department where a line is left for it. */
  withDepartment: boolean;
  /** What an unsaved draft would set. */
  draft?: string | null;
}

/** Lamp and lines of a tile: the name, whether a call can be put through, and what else there is room for. */
export function TileContent({ view, lines, withDepartment, draft = null }: TileContentProps) {
  const t = useT();
  const { extension, live } = view;
  const { person, presence } = extension;
  const name = displayName(t, extension);
  const isSearching = useContext(SearchTermsContext).length > 0;
  const preview = useMessagePreview(extension, { withDepartment: true });
  const message = isSearching ? preview : view.message;

  const context = view.distinction === null ? null : distinctionText(t, view.distinction);
  const free = lines - 2 - Number(context !== null);
  const further = furtherLines(view, draft, free);
  const left = free - further.length;
  const isDepartmentShown = withDepartment && left > Number(message !== '') && message !== person.department;
  const foot = context ?? (view.asOf !== null && left > Number(message !== '') ? view.asOf : null);
  const department = foot === null && isDepartmentShown ? person.department : '';

  return (
    <>
      <span className="tile-lamp" aria-hidden="true">
        <ExtensionLamp extension={extension} live={live} />
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
        <AnswerLine view={view} further={further} />
        {further.map((line) => (
          <FurtherLine key={line} line={line} view={view} draft={draft} />
        ))}
        <span className="tile-rest">
          {message !== '' && left > 0 && (
            <span className="tile-message" dir="auto" title={presence?.message}>
              <HighlightedText text={message} />
            </span>
          )}
        </span>
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

/** Between the answer and the message, as seen. */
const FURTHER_LINES = ['second', 'presence', 'late', 'draft', 'features'] as const;
type Further = (typeof FURTHER_LINES)[number];
/** The last give way first. */
const BY_IMPORTANCE: readonly Further[] = ['late', 'second', 'draft', 'presence', 'features'];

function furtherLines(view: ExtensionView, draft: string | null, count: number): readonly Further[] {
  const { extension, features, overdue } = view;
  const answer = answerOf(view);
  const isRelevant: Readonly<Record<Further, boolean>> = {
    second: SECOND_STATES[shownLamp(extension)] !== undefined,
    presence: answer !== 'presence' && extension.presence !== null,
    late: overdue !== null,
    draft: draft !== null,
    features: answer !== 'features' && features.length > 0,
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

/** What says whether a call can be put through: the phone, what is on at it, or the presence. */
function answerOf({ extension, features, live, mismatch }: ExtensionView): 'phone' | 'features' | 'presence' {
  const { phone, presence } = extension;
  if (!live || shownLamp(extension) !== 'idle') return 'phone';
  const takesNoCalls = features.length > 0 && (phone?.dnd === true || phone?.forwarded === true);
  if (takesNoCalls && (presence === null || presence.state === 'available' || mismatch !== null))
    return 'features';
  return presence === null ? 'phone' : 'presence';
}

function AnswerLine({ view, further }: { view: ExtensionView; further: readonly Further[] }) {
  const t = useT();
  const { extension, features, live, mismatch } = view;
  const answer = answerOf(view);
  // What else has no line of its own leaves its sign.
  const signs = (
    <>
      {mismatch !== null && !further.includes('presence') && <MismatchBadge mismatch={mismatch} />}
      {answer !== 'features' && !further.includes('features') && <PhoneBadges features={features} />}
    </>
  );
  if (answer === 'features') {
    return (
      <span className="tile-line tile-answer">
        {signs}
        <PhoneBadges features={features} withText />
      </span>
    );
  }
  if (answer === 'presence') return <PresenceLine view={view} isAnswer signs={signs} />;
  const lamp = shownLamp(extension);
  const phoneState = SECOND_STATES[lamp] === undefined ? stateLabel(t, extension) : t('lamp.in-use');
  const state = lamp === 'unavailable' ? t('tile.offline') : phoneState;
  const isResting = lamp === 'idle';
  return (
    <span className={`tile-line ${isResting ? '' : 'tile-answer'}`}>
      {signs}
      <span className="tile-state" title={state}>
        <span className="truncate">{live ? state : t('tile.last-known-state', { state })}</span>
      </span>
      {view.onCall && (
        <CallDuration className="tile-duration" id={extension.id} since={phoneSince(extension)} />
      )}
    </span>
  );
}

function FurtherLine({
  line,
  view,
  draft,
}: {
  line: Further;
  view: ExtensionView;
  draft: string | null;
}): ReactNode {
  const t = useT();
  const { extension, features, mismatch, overdue, due } = view;
  switch (line) {
    case 'second': {
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
          <span className="truncate">{t('tile.draft', { draft: draft ?? '' })}</span>
        </span>
      );
    case 'features':
      return (
        <span className="tile-line">
          <PhoneBadges features={features} withText />
        </span>
      );
  }
}

/** Characters of a state and its return time that fit the narrowest tile. */
const MAX_STATE_AND_TIME = 20;

interface PresenceLineProps {
  view: ExtensionView;
  /** Else its icon stands before it, or `signs` in the icon's place. */
  isAnswer: boolean;
  signs: ReactNode;
}

/** `Away until 14:00 · Lunch`; what has no room wraps out of sight, whole. */
function PresenceLine({ view, isAnswer, signs }: PresenceLineProps) {
  const t = useT();
  const { presence } = view.extension;
  if (presence === null) return null;
  const { state, subtype } = presence;
  const label = t(`presence.${state}`);
  const { returnTime, returnDay } = view;
  const isLong = label.length + (returnTime?.length ?? 0) > MAX_STATE_AND_TIME;
  const time = isLong ? returnDay : returnTime;
  return (
    <span className={`tile-line ${isAnswer && state !== 'available' ? 'tile-answer' : ''}`}>
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
