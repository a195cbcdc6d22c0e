import { setTimeout as delay } from 'node:timers/promises';
import { type Page, chromium } from '@playwright/test';
import { CHROMIUM_BROWSER } from '../browser/browsers.ts';
import { boardPage, signInBrowser } from '../browser/fixtures.ts';
import type { Lamps } from './lamps.ts';

/** What a page took from the arrival of a frame to the paint that shows it, of each change. */
export interface Painted {
  readonly ms: number;
  /** Display frames that began meanwhile, the one that shows it included. */
  readonly frames: number;
}

/** On a busy machine changes share a display frame; where most are not seen, something else is measured. */
const LEAST_PAINTED = 0.5;

/**
 * In the page: when frames arrive, when the tile says so, and when each display frame was begun and done (a message sent
 * from within it is taken after it was painted).
 */
const WATCH_PAGE = `{
  const seen = (window.seen = { arrived: [], shown: [], displayed: [] });
  const Plain = WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => {
        if (String(data).startsWith('42["frame"')) seen.arrived.push(performance.now());
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

interface Seen {
  readonly arrived: readonly number[];
  readonly shown: readonly number[];
  readonly displayed: readonly { readonly began: number; readonly done: number }[];
}

/** Changes a lamp again and again under the eyes of a real browser. */
export async function measurePaint({
  url,
  lamps,
  exten,
  changes,
  pauseMs,
}: {
  url: string;
  lamps: Lamps;
  exten: string;
  changes: number;
  pauseMs: number;
}): Promise<Painted[]> {
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
    const painted = paintedOf(await seenBy(page));
    if (painted.length < changes * LEAST_PAINTED)
      throw new Error(`Of ${changes} changes ${painted.length} were seen to be painted`);
    return painted;
  } finally {
    await browser.close();
  }
}

async function seenBy(page: Page): Promise<Seen> {
  return page.evaluate('seen');
}

function paintedOf({ arrived, shown, displayed }: Seen): Painted[] {
  return shown.flatMap((at) => {
    const from = arrived.findLast((moment) => moment <= at);
    const paint = displayed.find(({ done }) => done >= at);
    if (from === undefined || paint === undefined) return [];
    const frames = displayed.filter(({ began, done }) => began >= from && done <= paint.done).length;
    return [{ ms: paint.done - from, frames }];
  });
}
