interface ReschedulingTimerOptions {
  task: () => Promise<number | null>;
  monotonic: () => number;
}

/** Runs a task repeatedly, one run at a time; each run returns the milliseconds until the next one, null for none. */
export function createReschedulingTimer({ task, monotonic }: ReschedulingTimerOptions) {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let isRunning = false;

  function cancel(): void {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
  }

  function runWithin(ms: number): void {
    const due = monotonic() + ms;
    if (due >= dueAt) return;
    clearTimeout(timer);
    dueAt = due;
    if (!isRunning) timer = setTimeout(() => void run(), ms);
  }

  async function run(): Promise<void> {
    isRunning = true;
    dueAt = Number.POSITIVE_INFINITY;
    const delayMs = await task();
    isRunning = false;
    const wait = Math.min(delayMs ?? Number.POSITIVE_INFINITY, dueAt - monotonic());
    cancel();
    if (wait !== Number.POSITIVE_INFINITY) runWithin(Math.max(0, wait));
  }

  return {
    /** Runs the task within `ms` milliseconds; while it runs, once more after it. */
    runWithin,
    cancel,
  };
}
