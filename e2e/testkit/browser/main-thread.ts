import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Of these, so many in which the thread had a processor: other processes cannot lengthen it. */
  readonly tdur?: number;
}

/** One task of the page's main thread; milliseconds. */
interface Task {
  readonly start: number;
  readonly end: number;
  readonly cpu: number;
}

export interface MainThread {
  readonly tasks: readonly Task[];
  /** When `performance.mark` was called with this name, each time. */
  marks(name: string): readonly number[];
}

const CATEGORIES = ['toplevel', 'blink.user_timing', 'disabled-by-default-devtools.timeline'];

/** What the main thread of a page did meanwhile, by Chromium's own trace. */
export async function traceMainThread(
  browser: Browser,
  page: Page,
  during: () => Promise<void>,
): Promise<MainThread> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await during();
  // Now, and not before: to open a page it may get another process.
  await page.evaluate(() => performance.mark('trace'));
  const { traceEvents } = parse((await browser.stopTracing()).toString('utf8'));
  const mark = traceEvents.find(({ name }) => name === 'trace');
  if (mark === undefined) throw new Error('The trace does not have the page');
  const pageEvents = traceEvents.filter(({ pid, tid }) => pid === mark.pid && tid === mark.tid);
  const tasks = pageEvents
    .filter(({ name, ph }) => ph === 'X' && name === 'RunTask')
    .map(({ ts, dur = 0, tdur = 0 }) => ({ start: ts / 1000, end: (ts + dur) / 1000, cpu: tdur / 1000 }))
    .toSorted((a, b) => a.start - b.start);
  // Nothing measured is not nothing done.
  if (!tasks.some(({ cpu }) => cpu > 0)) throw new Error('The trace tells no processor time of the page');
  return {
    tasks,
    marks: (markName) => pageEvents.filter(({ name }) => name === markName).map(({ ts }) => ts / 1000),
  };
}

function parse(text: string): { traceEvents: readonly TraceEvent[] } {
  return JSON.parse(text);
}
