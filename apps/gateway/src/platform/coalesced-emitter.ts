/** Something that happens now and then, for whoever wants to know. */
export interface CoalescedEmitter {
  notify(): void;
  subscribe(listener: () => void): void;
}

/** Listeners run once what is going on now is done, so that an answer on its way out still leaves. */
export function createCoalescedEmitter(): CoalescedEmitter {
  const listeners: (() => void)[] = [];
  let isScheduled = false;
  return {
    notify() {
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(() => {
        isScheduled = false;
        for (const listener of listeners) listener();
      });
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
