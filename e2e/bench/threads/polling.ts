import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Came, type Told, toldByAsterisk } from '../lamp-states.ts';
import { now } from '../measure.ts';
import { serveThread } from '../thread.ts';

const EVERY_MS = 1000;

/** What comes is read afterwards: a board's own work is not what is measured. */
await serveThread<'polling'>(async ({ port, user, count }) => {
  const boards = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const ask = await openRawman(port, user);
      const came: Came[] = [];
      void delay((index * EVERY_MS) / count).then(() => keepAsking(ask, came));
      return { came, known: new Map<string, number>() };
    }),
  );
  return () => boards.map(({ came, known }) => news(toldByAsterisk(came.splice(0)), known));
});

async function keepAsking(ask: (action: string) => Promise<string>, came: Came[]): Promise<never> {
  for (;;) {
    const began = now();
    const text = await ask('ExtensionStateList');
    came.push({ text, at: now() });
    await delay(Math.max(0, began + EVERY_MS - now()));
  }
}

/** Of a whole list only what is another than before. */
function news(told: readonly Told[], known: Map<string, number>): Told[] {
  return told.filter(({ exten, place }) => {
    const isNew = known.get(exten) !== place;
    known.set(exten, place);
    return isNew;
  });
}

/** A session of Asterisk's AMI over HTTP (`/rawman`), on a connection of its own. */
async function openRawman(port: number, user: { username: string; secret: string }) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let cookie = '';

  function ask(action: string, query: Record<string, string> = {}): Promise<string> {
    const path = `/rawman?${new URLSearchParams({ action, ...query }).toString()}`;
    return new Promise((resolve, reject) => {
      const request = get({ host: '127.0.0.1', port, path, agent, headers: { cookie } }, (response) => {
        cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
        let text = '';
        response.setEncoding('latin1').on('data', (part: string) => (text += part));
        response.once('end', () => resolve(text));
      });
      request.once('error', reject);
    });
  }
  const answer = await ask('Login', { ...user });
  if (!answer.includes('Response: Success')) throw new Error(`AMI over HTTP: ${answer}`);
  return ask;
}
