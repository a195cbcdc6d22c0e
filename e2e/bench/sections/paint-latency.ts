import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { CHROMIUM_BROWSER } from '../../testkit/browser/browsers.ts';
import { boardPage, signInBrowser } from '../../testkit/browser/fixtures.ts';
import type { LampDriver } from '../harness/state-log.ts';

/** On a busy machine changes share a display frame; below this fraction the figures are useless. */
const MIN_PAINTED_FRACTION = 0.5;

/**
 * Runs in the page: records the arrival of deltas, changes of the tile, and start and end of each display
 * frame (a message posted in a frame is handled after its paint).
 */
const WATCH_PAGE = `{
  const seen = (window.seen = { arrived: [], shown: [], displayed: [] });
  const Plain = WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (String(data).startsWith('42["delta"')) seen.arrived.push(performance.now());
      });
    }
  };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: began }) => seen.displayed.push({ began, done: performance.now() });
  const display = () => {
    port2.postMessage(performance.now());
    requestAnimationFrame(display);
  };
  requestAnimationFrame(display);
  window.watchTile = (id) => {
    const tile = document.querySelector('[data-extension="' + id + '"]');
    const options = { attributes: true, attributeFilter: ['data-lamp'] };
    new MutationObserver(() => seen.shown.push(performance.now())).observe(tile, options);
  };
}`;

interface PageLog {
  readonly arrived: readonly number[];
  readonly shown: readonly number[];
  readonly displayed: readonly { readonly began: number; readonly done: number }[];
}

export async function measurePaint(
  url: string,
  lamps: LampDriver,
  exten: string,
  changes: number,
  pauseMs: number,
) {
  const browser = await chromium.launch(CHROMIUM_BROWSER.launch);
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(WATCH_PAGE);
    await signInBrowser(page.context(), { url });
    await page.goto(url);
    await boardPage(page).tile(exten).waitFor();
    await page.evaluate(`watchTile('${exten}@default')`);
    for (let count = 0; count < changes; count += 1) {
      lamps.change(exten);
      await delay(pauseMs + Math.random() * pauseMs);
    }
    const log: PageLog = await page.evaluate('seen');
    const paints = paintsOf(log);
    if (paints.length < changes * MIN_PAINTED_FRACTION)
      throw new Error(`Of ${changes} changes ${paints.length} were seen to be painted`);
    return paints;
  } finally {
    await browser.close();
  }
}

/**
 * Milliseconds from the arrival of a delta to the paint that shows it, and display frames begun in that time,
 * including the last, for each change.
 */
function paintsOf({ arrived, shown, displayed }: PageLog) {
  return shown.flatMap((shownAt) => {
    const from = arrived.findLast((arrival) => arrival <= shownAt);
    const paint = displayed.find(({ done }) => done >= shownAt);
    if (from === undefined || paint === undefined) return [];
    const frames = displayed.filter(({ began, done }) => began >= from && done <= paint.done).length;
    return [{ ms: paint.done - from, frames }];
  });
}
