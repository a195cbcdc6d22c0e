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

/** What the page is measured under: a large site, and far more than happens on one. */
export const HEAVY_LOAD = { extensions: 5000, rate: 1000 };
const SCREEN = { width: 1440, height: 900 };
/** Milliseconds. */
const MEASURE_MS = 3000;
/** What a page does once, when it is opened or shows something else, is over by then. */
const SETTLE_MS = 2000;

/** On the screen, in the time of a measurement: of the 5,000 a table shows some twenty. */
const MIN_CHANGES = 3;

/** In the page: counts the lamps that are seen to change from now on, and looks whether the board stays live. */
const WATCH_LAMPS = `{
  const seen = { changes: 0, wasLive: document.querySelector('[data-link="live"]') !== null };
  const observer = new MutationObserver((records) => {
    for (const { attributeName, target } of records) {
      if (attributeName === 'data-lamp') seen.changes += 1;
      else if (target.dataset.link !== 'live') seen.wasLive = false;
    }
  });
  const attributeFilter = ['data-lamp', 'data-link'];
  observer.observe(document, { subtree: true, attributes: true, attributeFilter });
  window.lamps = () => {
    observer.disconnect();
    return seen;
  };
}`;

/** What the main thread of a page takes that nobody touches, in milliseconds of processor. */
export interface SteadyLoad {
  /** In a second. */
  readonly mainThreadMs: number;
  /** So long no frame can be drawn, and nothing answers. */
  readonly longestTaskMs: number;
}

/** Throws where the page was not live all the time, or showed too little of what changes: that would cost nothing. */
export async function measureSteady(browser: Browser, page: Page): Promise<SteadyLoad> {
  await page.waitForTimeout(SETTLE_MS);
  await page.evaluate(WATCH_LAMPS);
  const { tasks } = await traceMainThread(browser, page, () => page.waitForTimeout(MEASURE_MS));
  const { changes, wasLive } = await page.evaluate<{ changes: number; wasLive: boolean }>('window.lamps()');
  if (!wasLive || changes < MIN_CHANGES)
    throw new Error(`The board ${wasLive ? 'was' : 'was not'} live and showed ${changes} changes`);
  const cpu = tasks.map((task) => task.cpu);
  return {
    mainThreadMs: cpu.reduce((sum, ms) => sum + ms, 0) / (MEASURE_MS / 1000),
    longestTaskMs: Math.max(...cpu),
  };
}

/** From one display frame to the next, in milliseconds by the clock: what else the machine does counts too. */
export function frameGaps(page: Page): Promise<readonly number[]> {
  return page.evaluate<number[]>(FRAME_GAPS);
}

/** In the page. */
const FRAME_GAPS = `new Promise((resolve) => {
  const gaps = [];
  let last = null;
  const note = (at) => {
    if (last !== null) gaps.push(at - last);
    last = at;
    if (gaps.length < ${(MEASURE_MS / 1000) * 60}) requestAnimationFrame(note);
    else resolve(gaps);
  };
  requestAnimationFrame(note);
})`;

/** Opens the board: milliseconds until its tiles are drawn and live. */
export async function openBoard(page: Page, url: string): Promise<number> {
  await page.setViewportSize(SCREEN);
  await page.addInitScript(WATCH_LIVE);
  await page.goto(url);
  return page.evaluate<number>('window.liveAfter');
}

const WATCH_LIVE = `window.liveAfter = new Promise((resolve) => {
  new MutationObserver((_, observer) => {
    if (document.querySelector('[data-link="live"] [data-extension]') === null) return;
    observer.disconnect();
    // What follows on a display frame comes after it was drawn.
    requestAnimationFrame(() => setTimeout(() => {
      performance.mark('live');
      resolve(performance.now());
    }));
  }).observe(document, { subtree: true, childList: true, attributes: true });
})`;
