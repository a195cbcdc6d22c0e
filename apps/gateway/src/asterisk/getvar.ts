import type { AmiClient, AmiResult } from '@lampboard/ami';

/**
 * Reads a dialplan function or variable (`Getvar`, class `call` or `reporting`), that of a channel where one is named; empty
 * where there is none.
 */
export async function getvar(
  ami: Pick<AmiClient, 'send'>,
  variable: string,
  channel?: string,
): Promise<AmiResult<string>> {
  const of = channel === undefined ? {} : { Channel: channel };
  const response = await ami.send({ Action: 'Getvar', ...of, Variable: variable });
  return response.ok ? { ok: true, value: response.value['value'] ?? '' } : response;
}
