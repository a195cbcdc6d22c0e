import { type Browser, type Page, expect, test as base } from '@playwright/test';
import { startDemoLoad } from '../gateway/start-demo-load.ts';
import { type RunningGateway, startGateway } from '../gateway/start-gateway.ts';
import { BY_THE_CLOCK, type BoardPage, CHROMIUM_ONLY, boardPage, signInBrowser } from './fixtures.ts';
import { median, traceMainThread } from './main-thread.ts';

const EXTENSIONS = 5000;
const RATE = 1000;
const SCROLL_MS = 5000;
/** Milliseconds; what takes longer is felt. */
const BUSY_MS = 50;
const MOST_RUNS = 3;

const test = base.extend<{ loaded: BoardPage }, { load: RunningGateway }>({
  load: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright asks for a destructured first argument
    async ({}, use) => {
      const pbx = await startDemoLoad({ extensions: EXTENSIONS, rate: RATE });
      const gateway = await startGateway({ amiPort: pbx.amiPort });
      await use(gateway);
      await gateway.stop();
      await pbx.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  loaded: async ({ page, load }, use) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await signInBrowser(page.context(), load);
    await page.goto(load.url);
    const board = boardPage(page);
    await expect(board.root).toHaveAttribute('data-link', 'live', { timeout: 20_000 });
    await expect(board.tile('10000')).toBeVisible();
    await use(board);
  },
});

/** In the page: marks each frame, each key typed, and the moment at which the board shows one extension only. */
const WATCH_PAGE = `{
  const note = () => {
    performance.mark('frame');
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  document.addEventListener('input', () => performance.mark('typed'), { capture: true });
  let narrowed = false;
  new MutationObserver(() => {
    const one = document.querySelectorAll('[data-extension]').length === 1;
    if (one && !narrowed) performance.mark('narrowed');
    narrowed = one;
  }).observe(document.body, { childList: true, subtree: true });
}`;

// A trace of Playwright's own, with a picture of every step, would be most of what is measured.
test.use({ trace: 'off' });

/** Milliseconds of the main thread: its longest task, and what a search takes from its last key on. */
interface Figures {
  readonly busiest: number;
  readonly search: number;
  readonly words: string;
}

async function typeAndScroll(page: Page): Promise<void> {
  const tiles = page.locator('[data-extension]');
  await page.getByRole('textbox', { name: 'Search' }).pressSequentially('14321', { delay: 120 });
  await expect(tiles).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(tiles).not.toHaveCount(1);
  await page.locator(':is(.board-grid, .table-grid)').hover();
  const end = Date.now() + SCROLL_MS;
  while (Date.now() < end) {
    await page.mouse.wheel(0, 60);
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
}

async function measure(browser: Browser, page: Page): Promise<Figures> {
  const thread = await traceMainThread(browser, page, () => typeAndScroll(page));
  const { tasks } = thread;
  const seconds = ((tasks.at(-1)?.end ?? 0) - (tasks[0]?.start ?? 0)) / 1000;
  const busiest = Math.max(...tasks.map((task) => task.cpu));
  const perSecond = tasks.reduce((sum, task) => sum + task.cpu, 0) / seconds;
  const narrowed = thread.marks('narrowed')[0] ?? Number.POSITIVE_INFINITY;
  const typed = thread.marks('typed').findLast((at) => at < narrowed) ?? 0;
  const search = tasks
    .filter(({ start, end }) => end > typed && start <= narrowed)
    .reduce((sum, task) => sum + task.cpu, 0);
  const frames = thread.marks('frame');
  const gaps = frames.slice(1).map((at, place) => at - (frames[place] ?? at));
  const words = [
    `frames: median ${median(gaps).toFixed(0)} ms, worst ${Math.max(...gaps).toFixed(0)} ms`,
    `main thread: ${perSecond.toFixed(0)} ms of processor a second, longest task ${busiest.toFixed(0)} ms`,
    `search: ${search.toFixed(0)} ms of processor, ${(narrowed - typed).toFixed(0)} ms by the clock`,
  ].join('; ');
  return { busiest, search, words };
}

for (const view of ['Regular', 'Table']) {
  test(
    `[BD15] [SR8] ${RATE} changes a second among ${EXTENSIONS} are shown, searched and scrolled through: ${view}`,
    { tag: [BY_THE_CLOCK, CHROMIUM_ONLY] },
    async ({ loaded: { page }, browser }) => {
      test.setTimeout(120_000);
      await page.getByRole('radio', { name: view }).check({ force: true });
      await expect(page.locator('[data-extension="10000@default"]')).toBeVisible();
      await page.evaluate(WATCH_PAGE);
      // By the thread's own time: what other processes take away from it is not the page's. A machine that does other
      // things meanwhile lengthens even that, and never shortens it: the quietest of a few runs is the page's.
      const runs: Figures[] = [];
      const best = (name: 'busiest' | 'search') => Math.min(...runs.map((run) => run[name]));
      do {
        const run = await measure(browser, page);
        runs.push(run);
        process.stdout.write(`${view}: ${run.words}\n`);
      } while (runs.length < MOST_RUNS && Math.max(best('busiest'), best('search')) >= BUSY_MS);
      expect(best('busiest')).toBeLessThan(BUSY_MS);
      expect(best('search')).toBeLessThan(BUSY_MS);
    },
  );
}
