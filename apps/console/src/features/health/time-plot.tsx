import type { PointerEvent, ReactNode } from 'react';
import { type Hour, shareOf, ticksOf } from './plot.ts';
import './time-plot.css';

interface TimePlotProps {
  hour: Hour;
  /** Where the moment pointed at lies, from 0 to 1. */
  told: number | null;
  onPoint: (at: number | null) => void;
  children: ReactNode;
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

/** A drawing over the hour. Whoever points into one points at the same moment in all of them. */
export function TimePlot({ hour, told, onPoint, children }: TimePlotProps) {
  const onPointerMove = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    onPoint(hour.from + ((clientX - left) / width) * (hour.to - hour.from));
  };
  return (
    <div
      className="health-plot"
      aria-hidden="true"
      onPointerMove={onPointerMove}
      onPointerLeave={() => onPoint(null)}
    >
      {ticksOf(hour).map((at) => (
        <i key={at} className="health-tick" style={{ left: percent(shareOf(hour, at)) }} />
      ))}
      {children}
      {told !== null && <i className="health-told" style={{ left: percent(told) }} />}
    </div>
  );
}
