import type { Lamp as LampValue } from '@lampboard/protocol';
import type { AnimationEvent, ReactNode } from 'react';
import './extension.css';

const PHONE =
  'M-4.7 -5.700h2l1 3-1.4 1.200a8 8 0 0 0 4.2 4.200L2.3 1.300l3 1v2a1 1 0 0 1-1 1A10 10 0 0 1-5.7-4.700a1 1 0 0 1 1-1Z';
const BELL = 'M-4 3V-.5a4 4 0 0 1 8 0V3l1 1.500H-5ZM-1.2 6.500h2.4';
const PAUSE = 'M-2.2-4v8M2.2-4v8';

function disc(glyph: string): ReactNode {
  return (
    <>
      <circle className="lamp-fill" r="14" />
      <path className="lamp-glyph" d={glyph} />
    </>
  );
}

/** Two states at once: differs from the single one in shape, not only in colour. */
function discWithRing(glyph: string): ReactNode {
  return (
    <>
      <circle className="lamp-outline" r="13" />
      <circle className="lamp-fill" r="10.2" />
      <path className="lamp-glyph" d={glyph} transform="scale(.82)" />
    </>
  );
}

const SHAPES: Readonly<Record<LampValue, ReactNode>> = {
  idle: <circle className="lamp-ring" r="12.5" />,
  'in-use': disc(PHONE),
  busy: disc('M-6 0H6'),
  unavailable: (
    <>
      <circle className="lamp-outline" r="13" />
      <path className="lamp-stroke" d="M-5 -5 5 5" />
    </>
  ),
  ringing: disc(BELL),
  'in-use-ringing': discWithRing(BELL),
  'on-hold': disc(PAUSE),
  'in-use-on-hold': discWithRing(PAUSE),
  unknown: <circle className="lamp-dashed" r="13" />,
};

/** The last known state: hollow and grey, in a dashed ring. */
const LAST_KNOWN_SHAPES: Readonly<Record<LampValue, ReactNode>> = {
  idle: <circle className="lamp-outline" r="8" />,
  'in-use': <path className="lamp-stroke" d={PHONE} />,
  busy: <path className="lamp-stroke" d="M-6 0H6" />,
  unavailable: <path className="lamp-stroke" d="M-5 -5 5 5" />,
  ringing: <path className="lamp-stroke" d={BELL} />,
  'in-use-ringing': (
    <>
      <circle className="lamp-outline" r="9.5" />
      <path className="lamp-stroke" d={BELL} transform="scale(.75)" />
    </>
  ),
  'on-hold': <path className="lamp-stroke" d={PAUSE} />,
  'in-use-on-hold': (
    <>
      <circle className="lamp-outline" r="9.5" />
      <path className="lamp-stroke" d={PAUSE} transform="scale(.75)" />
    </>
  ),
  unknown: null,
};

/** Synchronizes all ringing lamps: calmer, and one page update per pulse instead of one per lamp. */
function syncAnimations({ currentTarget }: AnimationEvent<SVGSVGElement>) {
  for (const animation of currentTarget.getAnimations()) animation.startTime = 0;
}

/** Visual only: pair it with a label. */
export function Lamp({ lamp, live }: { lamp: LampValue; live: boolean }) {
  return (
    <svg
      className="lamp"
      data-shape={live ? lamp : 'hollow'}
      viewBox="-14 -14 28 28"
      aria-hidden="true"
      onAnimationStart={syncAnimations}
    >
      {live ? (
        SHAPES[lamp]
      ) : (
        <>
          {SHAPES.unknown}
          {LAST_KNOWN_SHAPES[lamp]}
        </>
      )}
    </svg>
  );
}
