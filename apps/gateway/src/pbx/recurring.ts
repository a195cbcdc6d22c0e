export interface Recurring {
  /** Has the task run at the latest in so many milliseconds; while it runs, once more after it. */
  within(ms: number): void;
  /** No further run, until `within` asks for one. */
  cancel(): void;
}

/** Runs a task again and again, one run at a time; each says in how many milliseconds the next is due, null: never. */
export function createRecurring({
  task,
  elapsed,
}: {
  task: () => Promise<number | null>;
  /** Milliseconds by a clock that never jumps. */
  elapsed: () => number;
}): Recurring {
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let isRunning = false;

  function cancel(): void {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
  }

  function within(ms: number): void {
    const due = elapsed() + ms;
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
    const wait = Math.min(pause ?? Number.POSITIVE_INFINITY, dueAt - elapsed());
    cancel();
    if (wait !== Number.POSITIVE_INFINITY) within(Math.max(0, wait));
  }

  return { within, cancel };
}
