import type { AmiClient, AmiResult } from '@lampboard/ami';

/** What a dialplan function or a global variable reads; empty where there is none (`Getvar`, class `call`). */
export async function getvar(ami: Pick<AmiClient, 'send'>, variable: string): Promise<AmiResult<string>> {
  const response = await ami.send({ Action: 'Getvar', Variable: variable });
  return response.ok ? { ok: true, value: response.value['value'] ?? '' } : response;
}
