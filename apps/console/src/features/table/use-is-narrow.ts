import { type RefObject, useLayoutEffect, useState } from 'react';

/** Whether an element is less than so many pixels wide. */
export function useIsNarrow(element: RefObject<HTMLElement | null>, below: number): boolean {
  const [narrow, setNarrow] = useState(false);

  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = () => setNarrow(current.clientWidth > 0 && current.clientWidth < below);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, below]);

  return narrow;
}
