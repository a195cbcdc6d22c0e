import type { HealthKeeper } from '../metrics/health.ts';
import type { Handlers } from './commands.ts';

/** How the gateway itself has been. */
export function createHealthCommands({
  health,
  asterisk,
}: {
  health: Pick<HealthKeeper, 'read'>;
  /** The address of AMI, `host:port`; null for the demo PBX. */
  asterisk: string | null;
}): Pick<Handlers, 'read-health'> {
  return { 'read-health': () => ({ ok: true, value: { ...health.read(), asterisk } }) };
}
