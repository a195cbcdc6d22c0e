import { type RunningGateway } from './start-gateway.ts';
import { request } from './request.ts';

/** What `/metrics` says: the value of each series by its name with labels, as `lampboard_link_state{state="live"}`. */
export type Metrics = ReadonlyMap<string, number>;

export async function readMetrics({ url }: Pick<RunningGateway, 'url'>): Promise<Metrics> {
  const { text } = await request(`${url}metrics`);
  return metricsIn(text);
}

export function metricsIn(text: string): Metrics {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const cut = line.lastIndexOf(' ');
      return [line.slice(0, cut), Number(line.slice(cut + 1))];
    }),
  );
}
