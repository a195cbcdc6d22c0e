import { readFileSync } from 'node:fs';

/** How many connections of clients are open at most. */
export interface ConnectionLimits {
  readonly total: number;
  /** From one network, of those without a session. */
  readonly perNetwork: number;
}

/** Taken where the system names no limit. */
const USUAL_DESCRIPTORS = 1024;
/** One descriptor of so many stays free for store, AMI, Redis and files. */
const RESERVED_SHARE = 8;
const MAX_CONNECTIONS = 10_000;
/** One network gets one connection of so many. */
const NETWORK_SHARE = 4;

/** Limits that stay below the number of descriptors that the system gives this process. */
export function connectionLimits(descriptors: number = descriptorLimit()): ConnectionLimits {
  const free = descriptors - Math.ceil(descriptors / RESERVED_SHARE);
  const total = Math.min(free, MAX_CONNECTIONS);
  return { total, perNetwork: Math.ceil(total / NETWORK_SHARE) };
}

/** Reads the soft limit of open files of this process (proc_pid_limits(5)). */
function descriptorLimit(): number {
  try {
    const [, soft] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? USUAL_DESCRIPTORS : Number(soft);
  } catch {
    return USUAL_DESCRIPTORS;
  }
}
