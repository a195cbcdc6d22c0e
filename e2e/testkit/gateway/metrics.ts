import { type RunningGateway } from './start-gateway.ts';
import { httpRequest } from './http-request.ts';

/** What `/metrics` says: the value of each series by its name with labels, as `lampboard_link_state{state="live"}`. */
export type Metrics = ReadonlyMap<string, number>;

export async function readMetrics({ url }: Pick<RunningGateway, 'url'>): Promise<Metrics> {
  const { text } = await httpRequest(`${url}metrics`);
  return parseMetrics(text);
}

export function parseMetrics(text: string): Metrics {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const separator = line.lastIndexOf(' ');
      return [line.slice(0, separator), Number(line.slice(separator + 1))];
    }),
  );
}
