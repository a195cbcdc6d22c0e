import { onTestFinished } from 'vitest';
import { openClient } from './open-client.ts';
import { type ScriptedAsterisk, startScriptedAsterisk } from './scripted-asterisk.ts';

/** A scripted Asterisk that is closed when the test has finished. */
export async function asterisk(
  ...options: Parameters<typeof startScriptedAsterisk>
): Promise<ScriptedAsterisk> {
  const server = await startScriptedAsterisk(...options);
  onTestFinished(() => server.close());
  return server;
}

/** A client that is closed when the test has finished. */
export function client(...options: Parameters<typeof openClient>): ReturnType<typeof openClient> {
  const opened = openClient(...options);
  onTestFinished(() => opened.ami.close());
  return opened;
}
