import { readFile } from 'node:fs/promises';

/** USER_HZ is 100 on every Linux that Node runs on. */
const MS_PER_TICK = 10;

/** Reads a number of a file such as `/proc/PID/status` (proc(5)). */
async function readField(pid: number, file: 'status' | 'io', name: string): Promise<number> {
  const text = await readFile(`/proc/${pid}/${file}`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
}

/** Resident memory in KiB. */
export const rssKb = ({ pid }: { readonly pid: number }) => readField(pid, 'status', 'VmRSS');

/** Maximum resident memory in KiB since the start. */
export const maxRssKb = ({ pid }: { readonly pid: number }) => readField(pid, 'status', 'VmHWM');

/** Bytes read from files and sockets. */
export const bytesRead = (pid: number) => readField(pid, 'io', 'rchar');

/** Bytes written to files and sockets. */
export const bytesWritten = (pid: number) => readField(pid, 'io', 'wchar');

/** CPU time in user and kernel mode of a process, or of a thread `PID/task/TID`, in milliseconds. */
export async function cpuMs(process: number | string): Promise<number> {
  const stat = await readFile(`/proc/${process}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
}
