import type { PointerEvent, ReactNode } from 'react';
import { type Hour, fraction, ticksOf } from './chart-geometry.ts';
import './time-plot.css';

interface TimePlotProps {
  hour: Hour;
  /** From 0 to 1. */
  hoverPosition: number | null;
  onHover: (timestamp: number | null) => void;
  children: ReactNode;
}

const percent = (fraction: number) => `${(fraction * 100).toFixed(2)}%`;

/** Plot area of the hour; the hovered time is shared by all charts. */
export function TimePlot({ hour, hoverPosition, onHover, children }: TimePlotProps) {
  const onPointerMove = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    onHover(hour.from + ((clientX - left) / width) * (hour.to - hour.from));
  };
  return (
    <div
      className="health-plot"
      aria-hidden="true"
      onPointerMove={onPointerMove}
      onPointerLeave={() => onHover(null)}
    >
      {ticksOf(hour).map((timestamp) => (
        <i key={timestamp} className="health-tick" style={{ left: percent(fraction(hour, timestamp)) }} />
      ))}
      {children}
      {hoverPosition !== null && <i className="health-cursor" style={{ left: percent(hoverPosition) }} />}
    </div>
  );
}
