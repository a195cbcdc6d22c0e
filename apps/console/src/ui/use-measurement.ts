import { type RefObject, useLayoutEffect, useState } from 'react';

/** Measures an element once it is mounted, and on each of its resizes. `measure` must be stable. */
export function useMeasurement<T>(
  element: RefObject<HTMLElement | null>,
  measure: (element: HTMLElement) => T,
  initial: T,
): T {
  const [value, setValue] = useState(initial);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const update = () => setValue(() => measure(current));
    update();
    const observer = new ResizeObserver(update);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, measure]);
  return value;
}
