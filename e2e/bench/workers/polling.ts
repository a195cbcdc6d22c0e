import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { USERS } from '../../testkit/pbx/pbx-under-test.ts';
import { type ReceivedText, type LampReport, lampReportsIn } from '../harness/state-log.ts';
import { now } from '../harness/measure.ts';
import { serveWorker } from '../harness/worker.ts';

const POLL_INTERVAL_MS = 1000;

/** Records received text only; it is parsed afterwards. */
await serveWorker<'polling'>(async ({ port, count }) => {
  const clients = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const send = await openRawman(port);
      const received: ReceivedText[] = [];
      void delay((index * POLL_INTERVAL_MS) / count).then(() => poll(send, received));
      return { received, lastStates: new Map<string, number>() };
    }),
  );
  return () =>
    clients.map(({ received, lastStates }) => changedReports(lampReportsIn(received.splice(0)), lastStates));
});

async function poll(send: (action: string) => Promise<string>, received: ReceivedText[]): Promise<never> {
  for (;;) {
    const began = now();
    const text = await send('ExtensionStateList');
    received.push({ text, timestamp: now() });
    await delay(Math.max(0, began + POLL_INTERVAL_MS - now()));
  }
}

function changedReports(reports: readonly LampReport[], lastStates: Map<string, number>): LampReport[] {
  return reports.filter(({ exten, stateIndex }) => {
    const isNew = lastStates.get(exten) !== stateIndex;
    lastStates.set(exten, stateIndex);
    return isNew;
  });
}

/** A session of Asterisk's AMI over HTTP (`/rawman`) on its own connection. */
async function openRawman(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let cookie = '';

  function send(action: string, query: Record<string, string> = {}): Promise<string> {
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
  const { username, secret } = USERS.lampboard;
  const answer = await send('Login', { username, secret });
  if (!answer.includes('Response: Success')) throw new Error(`AMI over HTTP: ${answer}`);
  return send;
}
