import { isOnCall, isReachable } from '@lampboard/model';
import type { CallState, Extension, Kind, Lamp as LampValue, PresenceState } from '@lampboard/protocol';
import type { AnimationEvent } from 'react';
import { shownLamp } from './accessible-name.ts';
import { isActiveLamp, isLine } from '../kind/kinds.ts';
import './extension.css';

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

const PHONE =
  'M-4.7 -5.700h2l1 3-1.4 1.200a8 8 0 0 0 4.2 4.200L2.3 1.300l3 1v2a1 1 0 0 1-1 1A10 10 0 0 1-5.7-4.700a1 1 0 0 1 1-1Z';
const BELL = 'M-4 3V-.5a4 4 0 0 1 8 0V3l1 1.500H-5ZM-1.2 6.500h2.4';
const PAUSE = 'M-2.2-4v8M2.2-4v8';
const BAR = 'M-4.5 0h9';
const SLASH = 'M-4.5-4.500l9 9';
const ARROW = 'M-5.5 3.500V1a3 3 0 0 1 3-3H5M2-5l3 3-3 3';
const ROOM = 'M-3.5 6V-6h7V6M-6 6H6M1 .2v.2';
const TOGGLE = 'M-3-5h6a5 5 0 0 1 0 10h-6a5 5 0 0 1 0-10Z';
const QUEUE =
  'M-4.5-6h9M-4.5 6h9M-3.5-6c0 3.4 3.5 4.2 3.5 6s-3.5 2.6-3.5 6M3.5-6c0 3.4-3.5 4.2-3.5 6s3.5 2.6 3.5 6';
const PARKED = 'M-2.8 6V-6h3.2a3.5 3.5 0 0 1 0 7h-3.2';
const CONFERENCE = circle(0, -3.6, 2.2) + circle(-4.4, 3, 2.2) + circle(4.4, 3, 2.2);
const MAILBOX = `${circle(-3.9, -0.6, 2.7)}${circle(3.9, -0.6, 2.7)}M-3.9 2.1h7.8`;
const DOT = circle(0, 0, 1.4);

/** The sign of the presence in the ring of an idle phone. */
const PRESENCE_GLYPHS: Readonly<Record<PresenceState, string>> = {
  available: 'M-5 .5l3.2 3.200L5-3',
  chat: 'M-5.500-4.500h11v7h-6L-3.500 5V2.500h-2z',
  away: 'M0-5.200V0l3.500 2.200',
  xa: 'M5 1.500A5.500 5.500 0 1 1-1.500-5a4.500 4.500 0 0 0 6.500 6.500Z',
  dnd: BAR,
  unavailable: 'M-3.500-3.500l7 7M3.500-3.500l-7 7',
  not_set: DOT,
};

/** The glyph of what is no phone; of a switch it depends on its state. */
const FUNCTION_GLYPHS: Readonly<Partial<Record<Kind, string>>> = {
  queue: QUEUE,
  parking: PARKED,
  conference: CONFERENCE,
  mailbox: MAILBOX,
  other: circle(0, 0, 3.4),
};

type Badge = 'ringing' | 'on-hold' | 'dnd';
const BADGE_GLYPHS: Readonly<Record<Badge, string>> = { ringing: BELL, 'on-hold': PAUSE, dnd: BAR };

/** A glyph in a body, and what else there is at the same phone, as a badge. */
interface Sign {
  /** Chooses the colour in the style sheet. */
  readonly shape: string;
  readonly body: 'filled' | 'outlined' | 'dashed';
  readonly glyph?: string;
  readonly badge?: Badge;
  /** Its last known state differs from that of another sign with this glyph. */
  readonly isActive?: boolean;
}

const REACHABLE: Sign = { shape: 'reachable', body: 'filled', glyph: PRESENCE_GLYPHS.available };
const IN_USE: Sign = { shape: 'in-use', body: 'filled', glyph: PHONE };
const PHONE_SIGNS: Readonly<Record<Exclude<LampValue, 'idle'>, Sign>> = {
  'in-use': IN_USE,
  busy: { shape: 'busy', body: 'filled', glyph: BAR },
  unavailable: { shape: 'unavailable', body: 'outlined', glyph: SLASH },
  ringing: { shape: 'ringing', body: 'filled', glyph: BELL },
  'in-use-ringing': { ...IN_USE, shape: 'in-use-ringing', badge: 'ringing' },
  'on-hold': { shape: 'on-hold', body: 'filled', glyph: PAUSE },
  'in-use-on-hold': { ...IN_USE, shape: 'in-use-on-hold', badge: 'on-hold' },
  unknown: { shape: 'unknown', body: 'dashed' },
};

/** Signs of states of a line that no device state has. */
const CALL_SIGNS: Readonly<Partial<Record<CallState, Sign>>> = {
  held: PHONE_SIGNS['on-hold'],
  parked: { shape: 'parked', body: 'filled', glyph: PARKED },
  waiting: { shape: 'waiting', body: 'filled', glyph: QUEUE },
  conference: { shape: 'in-use-conference', body: 'filled', glyph: CONFERENCE },
  voicemail: { shape: 'in-use-voicemail', body: 'filled', glyph: MAILBOX },
};

type LampState = Pick<Extension, 'kind' | 'lamp' | 'phone' | 'presence'>;

/** The ring of an idle phone whose user is not reachable. */
function idleSign({ kind, phone, presence }: LampState): Sign {
  if (phone?.dnd) return { shape: 'idle-dnd', body: 'outlined', glyph: BAR };
  if (phone?.forwarded) return { shape: 'forwarded', body: 'outlined', glyph: ARROW };
  if (kind === 'room') return { shape: 'off', body: 'outlined', glyph: ROOM };
  const state = presence?.state ?? 'not_set';
  return { shape: `idle-${state}`, body: 'outlined', glyph: PRESENCE_GLYPHS[state] };
}

const NO_STATES: readonly CallState[] = [];

function signOf(extension: LampState, callStates: readonly CallState[]): Sign {
  const { kind } = extension;
  const lamp = shownLamp(extension);
  if (isReachable(extension)) return REACHABLE;
  const isFunction = isLine({ kind }) || kind === 'other';
  if (isFunction && lamp !== 'unavailable' && lamp !== 'unknown') {
    const isActive = isActiveLamp(lamp);
    const glyph = FUNCTION_GLYPHS[kind] ?? TOGGLE + circle(isActive ? 3 : -3, 0, 1.5);
    return isActive
      ? { shape: `${kind}-on`, body: 'filled', glyph, isActive }
      : { shape: 'off', body: 'outlined', glyph };
  }
  if (lamp === 'idle') return idleSign(extension);
  const [callState] = callStates;
  const callSign = isOnCall(extension) && callState !== undefined ? CALL_SIGNS[callState] : undefined;
  if (callSign !== undefined) return callSign;
  if (lamp !== 'in-use') return PHONE_SIGNS[lamp];
  if (callStates.includes('ringing') && callState !== 'ringing') return PHONE_SIGNS['in-use-ringing'];
  if (callStates.includes('holding')) return PHONE_SIGNS['in-use-on-hold'];
  return extension.phone?.dnd ? { ...IN_USE, badge: 'dnd' } : IN_USE;
}

/** Synchronizes all ringing lamps: calmer, and one page update per pulse instead of one per lamp. */
function syncAnimations({ currentTarget }: AnimationEvent<SVGSVGElement>) {
  for (const animation of currentTarget.getAnimations()) animation.startTime = 0;
}

/** Visual only: pair it with a label. A disc is a person, a rounded square a room or a function. */
function SignIcon({ sign, kind, live }: { sign: Sign; kind: Kind; live: boolean }) {
  const isSquare = kind !== 'person';
  const body = live ? sign.body : 'dashed';
  return (
    <svg
      className="lamp"
      data-shape={live ? sign.shape : 'last-known'}
      data-body={body}
      viewBox="-14 -14 28 28"
      aria-hidden="true"
      onAnimationStart={syncAnimations}
    >
      <Body className="lamp-body" radius={body === 'filled' ? 14 : 13} isSquare={isSquare} />
      {!live && sign.isActive && <Body className="lamp-inner" radius={9.5} isSquare={isSquare} />}
      {sign.glyph !== undefined && <path className="lamp-glyph" d={sign.glyph} />}
      {sign.badge !== undefined && (
        <g className="lamp-badge" data-badge={sign.badge} transform="translate(10 9)">
          <circle className="lamp-badge-edge" r={8.6} />
          <circle className="lamp-badge-body" r={6.8} />
          <path className="lamp-badge-glyph" d={BADGE_GLYPHS[sign.badge]} transform="scale(.6)" />
        </g>
      )}
    </svg>
  );
}

interface ExtensionLampProps {
  extension: LampState;
  live: boolean;
  /** Of its lines, the one in use first. */
  callStates?: readonly CallState[];
}

export function ExtensionLamp({ extension, live, callStates = NO_STATES }: ExtensionLampProps) {
  return <SignIcon sign={signOf(extension, callStates)} kind={extension.kind} live={live} />;
}

interface LampProps {
  lamp: LampValue;
  live: boolean;
  kind?: Kind;
}

/** The lamp of an entry of which nothing else is known. */
export function Lamp({ lamp, live, kind = 'person' }: LampProps) {
  return <ExtensionLamp extension={{ kind, lamp, presence: null }} live={live} />;
}

/** The lamp of a reachable extension. */
export function ReachableLamp({ live = true }: { live?: boolean }) {
  return <SignIcon sign={REACHABLE} kind="person" live={live} />;
}

/** Stands for an entry that is no person, without its state. */
export function KindIcon({ kind }: { kind: Kind }) {
  const { glyph } = signOf({ kind, lamp: 'idle', presence: null }, NO_STATES);
  return (
    <svg className="kind-icon" viewBox="-14 -14 28 28" aria-hidden="true">
      <Body className="kind-icon-body" radius={14} isSquare />
      <path d={glyph} />
    </svg>
  );
}

function Body({ className, radius, isSquare }: { className: string; radius: number; isSquare: boolean }) {
  const side = 2 * radius;
  return isSquare ? (
    <rect className={className} x={-radius} y={-radius} width={side} height={side} rx={radius * 0.56} />
  ) : (
    <circle className={className} r={radius} />
  );
}
