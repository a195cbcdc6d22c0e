import type { Browser, Page } from '@playwright/test';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Thread time, independent of other processes. */
  readonly tdur?: number;
}

const CATEGORIES = ['toplevel', 'blink.user_timing', 'disabled-by-default-devtools.timeline'];

/** Traces the main thread of a page while `during` runs. */
export async function traceMainThread(browser: Browser, page: Page, during: () => Promise<void>) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await during();
  // Not earlier: opening a page may change its process.
  await page.evaluate(() => performance.mark('trace'));
  const { traceEvents } = parse((await browser.stopTracing()).toString('utf8'));
  const mark = traceEvents.find(({ name }) => name === 'trace');
  if (mark === undefined) throw new Error('The trace does not have the page');
  const pageEvents = traceEvents.filter(({ pid, tid }) => pid === mark.pid && tid === mark.tid);
  const tasks = pageEvents
    .filter(({ name, ph }) => ph === 'X' && name === 'RunTask')
    .map(({ ts, dur = 0, tdur = 0 }) => ({ start: ts / 1000, end: (ts + dur) / 1000, cpu: tdur / 1000 }))
    .toSorted((a, b) => a.start - b.start);
  if (!tasks.some(({ cpu }) => cpu > 0)) throw new Error('The trace tells no processor time of the page');
  return {
    tasks,
    /** Times of `performance.mark` with this name. */
    marks: (markName: string) =>
      pageEvents.filter(({ name }) => name === markName).map(({ ts }) => ts / 1000),
  };
}

function parse(text: string): { traceEvents: readonly TraceEvent[] } {
  return JSON.parse(text);
}

const PROBE_RUNS = 60;
/** CPU milliseconds of the fastest probe of this process. */
let fastestProbe = Number.POSITIVE_INFINITY;

/** Returns the CPU milliseconds of the same piece of work each time, about half a second long. */
function probe(): number {
  const start = process.cpuUsage();
  for (let run = 0; run < PROBE_RUNS; run += 1) {
    const counts: Record<string, number> = {};
    for (let i = 0; i < 3_000_000; i += 1) if (i % 64 === 0) counts[`k${(i * 31) & 1023}`] = i;
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Adds to a measurement how many times slower the processor, which other machines may share, was than at its fastest. */
export async function withSlowness<T>(
  measure: () => Promise<T>,
): Promise<{ readonly measured: T; readonly slowness: number }> {
  if (fastestProbe === Number.POSITIVE_INFINITY) for (let run = 0; run < 5; run += 1) noteProbe();
  const before = noteProbe();
  const measured = await measure();
  return { measured, slowness: (before + noteProbe()) / 2 / fastestProbe };
}

function noteProbe(): number {
  const ms = probe();
  fastestProbe = Math.min(fastestProbe, ms);
  return ms;
}

export const HEAVY_LOAD = { extensions: 5000, rate: 1000 };
/** Ten of them end each second, and ten begin. */
export const CALL_LOAD = { extensions: 5000, calls: 500 };
const SCREEN = { width: 1440, height: 900 };
const MEASURE_MS = 3000;
/** Work of opening a page or changing the view is done by then. */
const SETTLE_MS = 2000;

/** Minimum of visible changes: a table shows about 20 of the 5,000 extensions. */
const MIN_CHANGES = 3;

/** Runs in the page: counts changes of lamps and of durations, and records whether the board stays live. */
const WATCH_CHANGES = `{
  const seen = { lamps: 0, durations: 0, wasLive: document.querySelector('[data-link="live"]') !== null };
  const observer = new MutationObserver((records) => {
    for (const { attributeName, target } of records) {
      if (attributeName === 'data-lamp') seen.lamps += 1;
      else if (attributeName === null) seen.durations += Number(target.parentElement?.localName === 'time');
      else if (target.dataset.link !== 'live') seen.wasLive = false;
    }
  });
  const attributeFilter = ['data-lamp', 'data-link'];
  observer.observe(document, { subtree: true, attributes: true, attributeFilter, characterData: true });
  window.changes = () => {
    observer.disconnect();
    return seen;
  };
}`;

/** Throws if the page was not live throughout, or showed too few changes of `what` to measure. */
export async function measureSteady(browser: Browser, page: Page, what: 'lamps' | 'durations' = 'lamps') {
  await page.waitForTimeout(SETTLE_MS);
  await page.evaluate(WATCH_CHANGES);
  const { tasks } = await traceMainThread(browser, page, () => page.waitForTimeout(MEASURE_MS));
  const { wasLive, ...seen } = await page.evaluate<Record<typeof what, number> & { wasLive: boolean }>(
    'window.changes()',
  );
  if (!wasLive || seen[what] < MIN_CHANGES)
    throw new Error(`The board ${wasLive ? 'was' : 'was not'} live and changed ${seen[what]} ${what}`);
  const cpu = tasks.map((task) => task.cpu);
  return {
    /** For each second. */
    mainThreadMs: cpu.reduce((sum, ms) => sum + ms, 0) / (MEASURE_MS / 1000),
    longestTaskMs: Math.max(...cpu),
  };
}

/** Milliseconds between display frames, including the effect of other processes. */
export function frameGaps(page: Page): Promise<readonly number[]> {
  return page.evaluate<number[]>(FRAME_GAPS);
}

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

const SCROLL_MS = 3000;

/** Scrolls the board for three seconds, a little with each frame. */
export async function scrollBoard(page: Page): Promise<void> {
  await page.mouse.move(SCREEN.width / 2, SCREEN.height / 2);
  const end = Date.now() + SCROLL_MS;
  while (Date.now() < end) {
    await page.mouse.wheel(0, 60);
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
}

/** Milliseconds between two keys; what a key leads to is done by then. */
const KEY_INTERVAL_MS = 300;

/** Runs in the page, once for any number of searches: marks each key, and the first paint of the board after it has changed. */
const MARK_TYPING = `{
  window.markTyped ??= () => {
    performance.mark('typed');
    new MutationObserver((_, observer) => {
      observer.disconnect();
      // Runs after the paint.
      requestAnimationFrame(() => setTimeout(() => performance.mark('painted')));
    }).observe(document.querySelector('.board'), { subtree: true, childList: true, characterData: true });
  };
  document.addEventListener('input', window.markTyped, { capture: true });
}`;

/** CPU time in milliseconds until what a key leads to is painted. */
interface KeyFigures {
  readonly mainThreadMs: number;
  readonly longestTaskMs: number;
}

/** Searches, key by key, and clears the search; returns the figures of each key. */
export async function measureTyping(browser: Browser, page: Page, text: string): Promise<KeyFigures[]> {
  await page.waitForTimeout(SETTLE_MS);
  await page.evaluate(MARK_TYPING);
  const { tasks, marks } = await traceMainThread(browser, page, async () => {
    const field = page.getByRole('textbox', { name: 'Search' });
    await field.pressSequentially(text, { delay: KEY_INTERVAL_MS });
  });
  await page.keyboard.press('Escape');
  const painted = marks('painted');
  return marks('typed').map((typed, index) => {
    const until = painted[index] ?? Number.NaN;
    const ofKey = tasks.filter(({ start, end }) => end > typed && start < until).map(({ cpu }) => cpu);
    return { mainThreadMs: ofKey.reduce((sum, ms) => sum + ms, 0), longestTaskMs: Math.max(...ofKey) };
  });
}

/** Opens the board; returns milliseconds until it is live, and those of the main thread until then. */
export async function traceOpening(browser: Browser, page: Page, url: string) {
  let liveMs = Number.NaN;
  const { tasks, marks } = await traceMainThread(browser, page, async () => {
    liveMs = await openBoard(page, url);
  });
  const [live] = marks('live');
  if (live === undefined) throw new Error('The trace does not tell when the board was live');
  const until = tasks.filter(({ start }) => start < live);
  return { liveMs, mainThreadMs: until.reduce((sum, { cpu }) => sum + cpu, 0) };
}

/** Opens the board; returns milliseconds until its tiles are rendered and live. */
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
    // Runs after the paint.
    requestAnimationFrame(() => setTimeout(() => {
      performance.mark('live');
      resolve(performance.now());
    }));
  }).observe(document, { subtree: true, childList: true, attributes: true });
})`;
