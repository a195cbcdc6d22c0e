import type { CDPSession, Page } from '@playwright/test';
import { openMinimalClient } from '../clients/minimal-client.ts';
import { httpRequest, sendCommand } from '../gateway/http-client.ts';

/** All that reached one client, in order. */
export interface Recording {
  readonly received: string[];
  stop(): Promise<void>;
}

interface Target {
  readonly url: string;
  readonly cookie: string;
}

/** Connects by WebSocket. `onPacket` is called with each packet of Socket.IO. */
export async function recordWebSocket(
  { url, cookie }: Target,
  onPacket: (packet: string) => void = () => {},
): Promise<Recording> {
  const received: string[] = [];
  const socket = await openMinimalClient(url, cookie, (packet) => {
    const text = packet.toString();
    received.push(text);
    onPacket(text);
  });
  if (socket === null) throw new Error('The gateway refused a client.');
  return {
    received,
    async stop() {
      socket.close();
    },
  };
}

/** Connects by long polling. */
export async function recordPolling({ url, cookie }: Target): Promise<Recording> {
  const received: string[] = [];
  const poll = async (query: string, body?: string) => {
    const headers = { cookie, 'content-type': 'text/plain;charset=UTF-8' };
    const {
      status,
      headers: sent,
      text,
    } = await httpRequest(`${url}socket.io/?EIO=4&transport=polling${query}`, { body, headers });
    received.push(JSON.stringify(sent), text);
    if (status !== 200) throw new Error(`Polling failed with ${status}.`);
    return text;
  };
  const session = `&sid=${/"sid":"([^"]+)"/.exec(await poll(''))?.[1]}`;
  await poll(session, '40');
  let isStopped = false;
  async function run(): Promise<void> {
    while (!isStopped) {
      const packets = (await poll(session)).split('\u001e');
      if (packets.includes('2')) await poll(session, '3');
    }
  }
  const running = run();
  return {
    received,
    async stop() {
      isStopped = true;
      await running;
    },
  };
}

/** Sends commands and requests of an account, and records whole answers. */
export function recordReplies({ url, cookie }: Target) {
  const received: string[] = [];
  async function record(sending: ReturnType<typeof httpRequest>): Promise<string> {
    const { status, headers, text } = await sending;
    const answer = JSON.stringify({ status, headers: { ...headers, date: '' }, text });
    received.push(answer);
    return answer;
  }
  return {
    received,
    command: (name: string, body: object) => record(sendCommand({ url }, cookie, name, body)),
    get: (path: string) => record(httpRequest(`${url}${path}`, { headers: { cookie } })),
  };
}

/** Records all that the network brings to a page of Chromium: frames, headers and bodies. */
export async function recordPage(page: Page): Promise<Recording> {
  const received: string[] = [];
  const bodies = new Set<Promise<void>>();
  const devTools: CDPSession = await page.context().newCDPSession(page);
  await devTools.send('Network.enable');
  devTools.on('Network.webSocketFrameReceived', ({ response }) => received.push(response.payloadData));
  devTools.on('Network.responseReceived', ({ response }) => received.push(JSON.stringify(response.headers)));
  devTools.on('Network.loadingFinished', ({ requestId }) => {
    const reading = devTools
      .send('Network.getResponseBody', { requestId })
      .then(({ body }) => void received.push(body))
      // Gone with the page that had it.
      .catch(() => {})
      .finally(() => bodies.delete(reading));
    bodies.add(reading);
  });
  return {
    received,
    async stop() {
      await Promise.all(bodies);
      await devTools.detach();
    },
  };
}
