import { useEffect, useState } from 'react';

/** The pointer has not moved for so many milliseconds. */
const STILL_MS = 2000;

export function useStill(): boolean {
  const [still, setStill] = useState(true);
  useEffect(() => {
    let timer: number | null = null;
    const onMove = () => {
      setStill(false);
      if (timer !== null) window.clearTimeout(timer);
      timer = window.setTimeout(() => setStill(true), STILL_MS);
    };
    document.addEventListener('pointermove', onMove);
    return () => {
      document.removeEventListener('pointermove', onMove);
      if (timer !== null) window.clearTimeout(timer);
    };
  }, []);
  return still;
}
