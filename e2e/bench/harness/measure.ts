import { readFile } from 'node:fs/promises';

/** Milliseconds of the monotonic clock that all threads and processes of this machine share. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** NaN for no values. */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = Float64Array.from(values).toSorted();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Processor time that a process has taken so far, of itself and for it in the kernel, in milliseconds (proc(5)). */
export async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) * MS_PER_TICK;
}

/** USER_HZ is 100 on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/** Bytes that a process has read and written so far, from files and sockets alike. */
export async function ioBytes(pid: number): Promise<{ read: number; written: number }> {
  const io = await readFile(`/proc/${pid}/io`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(io)?.[1]);
  return { read: field('rchar'), written: field('wchar') };
}

/** Memory that a process holds, and the most that it ever held, in MB (2^20 bytes). */
export async function rssMb(pid: number): Promise<{ mb: number; maxMb: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { mb: field('VmRSS'), maxMb: field('VmHWM') };
}
