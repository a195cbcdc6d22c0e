import type { RealAsterisk } from '../asterisk/start-asterisk.ts';
import type { RunningGateway } from '../gateway/start-gateway.ts';
import type { Hint } from '../pbx/hints.ts';
import { inDefault, standardHints } from '../pbx/hints.ts';
import { lockStore } from '../store/lock-store.ts';
import type { SmallDisk } from '../store/small-disk.ts';
import type { AmiProxy } from './ami-proxy.ts';
import type { PageBoard } from './page-board.ts';
import type { Fault } from './plan.ts';

/** What there is to be broken. */
export interface Scene {
  readonly asterisk: RealAsterisk;
  readonly proxy: AmiProxy;
  readonly gateway: RunningGateway;
  /** Where the gateway's store is. */
  readonly disk: SmallDisk;
  readonly pages: readonly PageBoard[];
}

/** Starts and ends a fault; both resolve when complete. `onWorse` marks the second step of a fault that starts in two. */
export interface Trouble {
  /** Null: all boards. */
  readonly board: string | null;
  begin(onWorse: () => void): Promise<void>;
  end(): Promise<void>;
}

/** Each way at least and at most, in milliseconds. */
const DELAY_MS = [20, 900] as const;
const DRIP_BYTES_PER_SECOND = [400, 20_000] as const;
/** From 256 kbit/s to 10 Mbit/s. */
const THIN_BYTES_PER_SECOND = [32_000, 1_250_000] as const;
const THIN_DELAY_MS = [5, 600] as const;
const done = async () => {};

/** The same fault brings about the same trouble. */
export function troubleOf({ kind, dice }: Fault, { asterisk, proxy, gateway, disk, pages }: Scene): Trouble {
  const everybody = { board: null, end: done };
  const now = (run: () => void) => async () => run();
  const weather = (change: Parameters<AmiProxy['change']>[0]): Trouble => ({
    board: null,
    begin: now(() => proxy.change(change)),
    end: now(() => proxy.change({ kind: 'fair' })),
  });
  switch (kind) {
    case 'Asterisk killed':
      return { board: null, begin: asterisk.kill, end: asterisk.start };
    case 'Asterisk restarted':
      // Asterisk still answers for about a second while it shuts down.
      return { ...everybody, begin: asterisk.restart };
    case 'Asterisk stopped':
      return { board: null, begin: now(asterisk.pause), end: now(asterisk.resume) };
    case 'link dropped':
      return { ...everybody, begin: now(proxy.drop) };
    case 'link delayed':
      return weather({ kind: 'slow', bytesPerSecond: Infinity, delayMs: between(DELAY_MS, dice) });
    case 'link dripping':
      return weather({ kind: 'slow', bytesPerSecond: between(DRIP_BYTES_PER_SECOND, dice ** 2), delayMs: 0 });
    case 'link thin':
      return weather({
        kind: 'slow',
        bytesPerSecond: between(THIN_BYTES_PER_SECOND, dice ** 2),
        // Another throw of the same dice: the thinnest link is not always the nearest.
        delayMs: between(THIN_DELAY_MS, (dice * 7) % 1),
      });
    case 'link half-open':
      return weather({ kind: 'hole', sparesNew: true });
    case 'link silent':
      return weather({ kind: 'hole', sparesNew: false });
    case 'gateway killed':
      return { board: null, begin: gateway.kill, end: () => gateway.start() };
    case 'gateway stopped':
      return {
        board: null,
        begin: now(() => gateway.child().signal('SIGSTOP')),
        end: now(() => gateway.child().signal('SIGCONT')),
      };
    case 'store locked': {
      let unlock = () => {};
      return {
        board: null,
        begin: now(() => (unlock = lockStore(disk.folder))),
        end: now(() => unlock()),
      };
    }
    case 'store full':
      return { board: null, begin: now(disk.fill), end: disk.free };
    case 'browser offline': {
      const page = pages[Math.floor(dice * pages.length)];
      if (page === undefined) throw new Error('There is no browser.');
      return { board: page.name, begin: () => page.setOffline(true), end: () => page.setOffline(false) };
    }
    case 'dialplan reloaded': {
      const hints = [...standardHints(), ...changingHints(dice)];
      // An Asterisk that is dead reads them when it starts.
      return { ...everybody, begin: () => asterisk.reload(hints).catch(() => undefined) };
    }
  }
}

const CHANGING = ['701', '702', '703', '704', '705', '706'];

/** Each of some extensions is not there, has a lamp, or has a lamp and a presence. */
function changingHints(dice: number): Hint[] {
  let code = Math.floor(dice * 3 ** CHANGING.length);
  return CHANGING.flatMap((exten) => {
    const variant = code % 3;
    code = Math.floor(code / 3);
    const presence = variant === 2 ? `,CustomPresence:${exten}` : '';
    return variant === 0 ? [] : [inDefault(exten, `Custom:lamp${exten}${presence}`)];
  });
}

function between([low, high]: readonly [number, number], dice: number): number {
  return low + dice * (high - low);
}
