export interface ReschedulingTimer {
  /** Has the task run at the latest in so many milliseconds; while it runs, once more after it. */
  runWithin(ms: number): void;
  /** No further run, until `within` asks for one. */
  cancel(): void;
}

/** Runs a task again and again, one run at a time; each says in how many milliseconds the next is due, null: never. */
export function createReschedulingTimer({
  task,
  monotonic,
}: {
  task: () => Promise<number | null>;
  /** Milliseconds by a clock that never jumps. */
  monotonic: () => number;
}): ReschedulingTimer {
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
    const pause = await task();
    isRunning = false;
    const wait = Math.min(pause ?? Number.POSITIVE_INFINITY, dueAt - monotonic());
    cancel();
    if (wait !== Number.POSITIVE_INFINITY) runWithin(Math.max(0, wait));
  }

  return { runWithin, cancel };
}
