/** Something that happens now and then, for whoever wants to know. */
export interface Signal {
  notify(): void;
  subscribe(listener: () => void): void;
}

/** Listeners run once what is going on now is done, so that an answer on its way out still leaves. */
export function createSignal(): Signal {
  const listeners: (() => void)[] = [];
  let due = false;
  return {
    notify() {
      if (due) return;
      due = true;
      setImmediate(() => {
        due = false;
        for (const listener of listeners) listener();
      });
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
