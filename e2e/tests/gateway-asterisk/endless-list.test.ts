import { once } from 'node:events';
import { type Socket, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../testkit/processes/free-port.ts';
import { rssKb } from '../../testkit/processes/proc-stats.ts';
import { openTestClient, startTestGateway } from '../../testkit/site/test-site.ts';

/** MiB, for the whole gateway. */
const MAX_MEMORY = 300;
const WATCHED_MS = 12_000;

/** An AMI server that sends an endless list. */
async function startEndless(list: string, item: (index: number) => string) {
  let lists = 0;
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    socket.on('data', (bytes) => {
      for (const [, block = ''] of bytes.toString().matchAll(/([\s\S]*?)\r\n\r\n/g)) answer(socket, block);
    });
  });

  function answer(socket: Socket, block: string): void {
    const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(block)?.[1]?.trim() ?? '';
    const id = `ActionID: ${header('ActionID')}\r\n`;
    const action = header('Action');
    socket.write(`Response: Success\r\n${id}Message: ok\r\n\r\n`);
    if (action === 'login') socket.write('Event: FullyBooted\r\nStatus: Fully Booted\r\n\r\n');
    if (!action.endsWith('StateList')) return;
    if (action === list) {
      lists += 1;
      stream(socket, id);
    } else {
      socket.write(`Event: Complete\r\n${id}EventList: Complete\r\n\r\n`);
    }
  }

  function stream(socket: Socket, id: string): void {
    let index = 0;
    const more = () => {
      const items = () => Array.from({ length: 100 }, () => item((index += 1)).replace('#', id));
      while (!socket.destroyed && socket.write(items().join('')));
    };
    socket.on('drain', more);
    more();
  }

  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port, lists: () => lists };
}

it.each([
  {
    name: 'hints',
    list: 'ExtensionStateList',
    item: (index: number) =>
      `Event: ExtensionStatus\r\n#Exten: ${index}\r\nContext: default\r\nHint: PJSIP/${index},CustomPresence:${index}\r\nStatus: 0\r\nStatusText: Idle\r\n\r\n`,
  },
  {
    name: 'hints of many lines',
    list: 'ExtensionStateList',
    item: (index: number) =>
      `Event: ExtensionStatus\r\n#Exten: ${index}\r\nStatus: 0\r\n${Array.from({ length: 5000 }, (_, line) => `${line}:${index}`).join('\r\n')}\r\n\r\n`,
  },
  {
    name: 'presences with long messages',
    list: 'PresenceStateList',
    item: (index: number) =>
      `Event: PresenceStateChange\r\n#Presentity: CustomPresence:${index}\r\nStatus: away\r\nSubtype: \r\nMessage: ${'x'.repeat(30_000)}\r\n\r\n`,
  },
])(
  '[AM18] [AM19] an endless list of $name ends in a reset link, little memory and few tries',
  async ({ list, item }) => {
    const endless = await startEndless(list, item);
    const gateway = await startTestGateway({ amiPort: endless.port });
    const client = await openTestClient(gateway);
    let peakMb = 0;
    for (const end = performance.now() + WATCHED_MS; performance.now() < end; await delay(25))
      peakMb = Math.max(peakMb, (await rssKb(gateway.child())) / 1024);
    await client.waitUntilDown(WATCHED_MS, 'overrun');
    expect(peakMb).toBeLessThan(MAX_MEMORY);
    expect(endless.lists()).toBeLessThanOrEqual(5);
  },
);
