import type { HealthKeeper } from '../metrics/health.ts';
import type { Handlers } from './commands.ts';

/** How the gateway itself has been. */
export function createHealthCommands({
  health,
}: {
  health: Pick<HealthKeeper, 'read'>;
}): Pick<Handlers, 'read-health'> {
  return { 'read-health': () => ({ ok: true, value: health.read() }) };
}
