import type { AmiClient, AmiResult } from '@lampboard/ami';

/** Reads a dialplan function or global variable (`Getvar`, class `call`); empty where there is none. */
export async function getvar(ami: Pick<AmiClient, 'send'>, variable: string): Promise<AmiResult<string>> {
  const response = await ami.send({ Action: 'Getvar', Variable: variable });
  return response.ok ? { ok: true, value: response.value['value'] ?? '' } : response;
}
