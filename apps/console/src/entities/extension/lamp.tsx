import type { Extension, Kind, Lamp as LampValue } from '@lampboard/protocol';
import type { AnimationEvent } from 'react';
import { shownLamp } from './accessible-name.ts';
import { isActiveLamp, isLine } from '../kind/kinds.ts';
import './extension.css';

const PHONE =
  'M-4.7 -5.700h2l1 3-1.4 1.200a8 8 0 0 0 4.2 4.200L2.3 1.300l3 1v2a1 1 0 0 1-1 1A10 10 0 0 1-5.7-4.700a1 1 0 0 1 1-1Z';
const BELL = 'M-4 3V-.5a4 4 0 0 1 8 0V3l1 1.500H-5ZM-1.2 6.500h2.4';
const PAUSE = 'M-2.2-4v8M2.2-4v8';
const BAR = 'M-6 0H6';
const SLASH = 'M-5 -5 5 5';
const ARROW = 'M-5.5 3.500V1a3 3 0 0 1 3-3H5M2-5l3 3-3 3';
const ROOM = 'M-3.5 6V-6h7V6M-6 6H6M1 .2v.2';
const TOGGLE = 'M-3-5h6a5 5 0 0 1 0 10h-6a5 5 0 0 1 0-10Z';

const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;

/** The glyph of what is no phone; of a switch it depends on its state. */
const GLYPHS: Readonly<Partial<Record<Kind, string>>> = {
  queue:
    'M-4.5-6h9M-4.5 6h9M-3.5-6c0 3.4 3.5 4.2 3.5 6s-3.5 2.6-3.5 6M3.5-6c0 3.4-3.5 4.2-3.5 6s3.5 2.6 3.5 6',
  parking: 'M-2.8 6V-6h3.2a3.5 3.5 0 0 1 0 7h-3.2',
  conference: circle(0, -3.6, 2.2) + circle(-4.4, 3, 2.2) + circle(4.4, 3, 2.2),
  mailbox: `${circle(-3.9, -0.6, 2.7)}${circle(3.9, -0.6, 2.7)}M-3.9 2.1h7.8`,
  other: circle(0, 0, 3.4),
};

/** A glyph in a body; `double`: two states at once, which differ from the single one in shape, not only in colour. */
interface Sign {
  /** Chooses the colour in the style sheet. */
  readonly shape: string;
  readonly body: 'ring' | 'filled' | 'double' | 'outlined' | 'dashed';
  readonly glyph?: string;
}

const PHONE_SIGNS: Readonly<Record<LampValue, Sign>> = {
  idle: { shape: 'idle', body: 'ring' },
  'in-use': { shape: 'in-use', body: 'filled', glyph: PHONE },
  busy: { shape: 'busy', body: 'filled', glyph: BAR },
  unavailable: { shape: 'unavailable', body: 'outlined', glyph: SLASH },
  ringing: { shape: 'ringing', body: 'filled', glyph: BELL },
  'in-use-ringing': { shape: 'in-use-ringing', body: 'double', glyph: BELL },
  'on-hold': { shape: 'on-hold', body: 'filled', glyph: PAUSE },
  'in-use-on-hold': { shape: 'in-use-on-hold', body: 'double', glyph: PAUSE },
  unknown: { shape: 'unknown', body: 'dashed' },
};
const ON_DND: Sign = { shape: 'dnd', body: 'outlined', glyph: BAR };
const FORWARDED: Sign = { shape: 'forwarded', body: 'outlined', glyph: ARROW };
const IDLE_ROOM: Sign = { shape: 'off', body: 'outlined', glyph: ROOM };

interface LampProps {
  lamp: LampValue;
  live: boolean;
  kind?: Kind;
  phone?: Extension['phone'];
}

function signOf({ kind = 'person', lamp, live, phone }: LampProps): Sign {
  const isFunction = isLine({ kind }) || kind === 'other';
  // An idle phone that takes no calls is not green.
  if (lamp === 'idle' && phone?.dnd) return ON_DND;
  if (lamp === 'idle' && phone?.forwarded) return FORWARDED;
  if (kind === 'room' && lamp === 'idle') return IDLE_ROOM;
  if (!isFunction || lamp === 'unavailable' || lamp === 'unknown') return PHONE_SIGNS[lamp];
  const isActive = isActiveLamp(lamp);
  const glyph = GLYPHS[kind] ?? TOGGLE + circle(isActive ? 3 : -3, 0, 1.5);
  if (!isActive) return { shape: 'off', body: 'outlined', glyph };
  // Hollow, both are outlined.
  return { shape: `${kind}-on`, body: live ? 'filled' : 'double', glyph };
}

/** Synchronizes all ringing lamps: calmer, and one page update per pulse instead of one per lamp. */
function syncAnimations({ currentTarget }: AnimationEvent<SVGSVGElement>) {
  for (const animation of currentTarget.getAnimations()) animation.startTime = 0;
}

/** Visual only: pair it with a label. A disc is a person, a rounded square a room or a function. */
export function Lamp(props: LampProps) {
  const { live, kind = 'person' } = props;
  const sign = signOf(props);
  const isSquare = kind !== 'person';
  return (
    <svg
      className="lamp"
      data-shape={live ? sign.shape : 'hollow'}
      viewBox="-14 -14 28 28"
      aria-hidden="true"
      onAnimationStart={syncAnimations}
    >
      {live ? (
        <LiveSign sign={sign} isSquare={isSquare} />
      ) : (
        <LastKnownSign sign={sign} isSquare={isSquare} />
      )}
    </svg>
  );
}

export function ExtensionLamp({ extension, live }: { extension: Extension; live: boolean }) {
  return <Lamp lamp={shownLamp(extension)} kind={extension.kind} phone={extension.phone} live={live} />;
}

/** Stands for an entry that is no person, without its state. */
export function KindIcon({ kind }: { kind: Kind }) {
  const { glyph } = signOf({ kind, lamp: 'idle', live: true });
  return (
    <svg className="kind-icon" viewBox="-14 -14 28 28" aria-hidden="true">
      <Body className="kind-icon-body" radius={14} isSquare />
      <path d={glyph} />
    </svg>
  );
}

interface SignProps {
  sign: Sign;
  isSquare: boolean;
}

function LiveSign({ sign: { body, glyph }, isSquare }: SignProps) {
  switch (body) {
    case 'ring':
      return <Body className="lamp-ring" radius={12.5} isSquare={isSquare} />;
    case 'filled':
      return (
        <>
          <Body className="lamp-fill" radius={14} isSquare={isSquare} />
          <path className="lamp-glyph" d={glyph} />
        </>
      );
    case 'double':
      return (
        <>
          <Body className="lamp-outline" radius={13} isSquare={isSquare} />
          <Body className="lamp-fill" radius={10.2} isSquare={isSquare} />
          <path className="lamp-glyph" d={glyph} transform="scale(.82)" />
        </>
      );
    case 'outlined':
      return (
        <>
          <Body className="lamp-outline" radius={13} isSquare={isSquare} />
          <path className="lamp-stroke" d={glyph} />
        </>
      );
    case 'dashed':
      return <Body className="lamp-dashed" radius={13} isSquare={isSquare} />;
  }
}

/** The last known state: hollow and grey, in a dashed body. */
function LastKnownSign({ sign: { body, glyph }, isSquare }: SignProps) {
  return (
    <>
      <Body className="lamp-dashed" radius={13} isSquare={isSquare} />
      {body === 'ring' && <Body className="lamp-outline" radius={8} isSquare={isSquare} />}
      {body === 'double' && <Body className="lamp-outline" radius={9.5} isSquare={isSquare} />}
      {glyph !== undefined && (
        <path className="lamp-stroke" d={glyph} transform={body === 'double' ? 'scale(.75)' : undefined} />
      )}
    </>
  );
}

function Body({ className, radius, isSquare }: { className: string; radius: number; isSquare: boolean }) {
  const side = 2 * radius;
  return isSquare ? (
    <rect className={className} x={-radius} y={-radius} width={side} height={side} rx={radius * 0.4} />
  ) : (
    <circle className={className} r={radius} />
  );
}
