import { useEffect, useState } from 'react';

/** Whole seconds left until a moment (milliseconds since 1970, by this browser's clock); 0 when it has passed. */
export function useCountdown(until: number): number {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  const [of, setOf] = useState(until);
  if (of !== until) {
    setOf(until);
    setSeconds(left());
  }

  useEffect(() => {
    if (until <= Date.now()) return undefined;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setSeconds(now);
      if (now === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);

  return seconds;
}
