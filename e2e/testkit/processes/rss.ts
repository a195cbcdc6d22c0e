import { readFile } from 'node:fs/promises';

/** The memory that a process of this machine has now, in kibibytes (`VmRSS`, proc(5)). */
export async function rssKb({ pid }: { readonly pid: number }): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
}
