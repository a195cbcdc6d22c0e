import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestAuthority } from '@lampboard/ami/testing/certificates';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEachAsterisk } from '../../testkit/asterisk/each-pbx.ts';
import { USERS } from '../../testkit/pbx/pbx-under-test.ts';
import { freePort } from '../../testkit/processes/free-port.ts';
import { waitUntil } from '../../testkit/processes/wait-until.ts';
import { expectBoardMatchesPbx } from '../../testkit/clients/pbx-state.ts';
import { openTestClient, startTestGateway, openTestSite } from '../../testkit/site/test-site.ts';

const WITHOUT_TLS = 'AMI connection without TLS';

it.each([
  ['another machine', { LAMPBOARD_AMI_HOST: 'pbx.invalid' }, 1],
  ['another machine, with TLS', { LAMPBOARD_AMI_HOST: 'pbx.invalid', LAMPBOARD_AMI_TLS: 'true' }, 0],
  ['this machine', {}, 0],
])('[AM11] [DO1] warns once where AMI goes without TLS to another machine: %s', async (_, env, warnings) => {
  const gateway = await startTestGateway({ amiPort: await freePort(), env });
  const output = await waitUntil('the first try to be over', async () => {
    const log = await gateway.output();
    return log.includes('Asterisk unreachable: nothing answers at that address and port. What to do:') && log;
  });
  expect(output.split(WITHOUT_TLS)).toHaveLength(warnings + 1);
  expect(output).not.toContain(USERS.lampboard.secret);
});

await describeEachAsterisk((asterisk) => {
  describe('a gateway that follows Asterisk over TLS', () => {
    const strangerFile = join(tmpdir(), `lampboard-stranger-${process.pid}.pem`);
    beforeAll(async () => writeFile(strangerFile, createTestAuthority().ca));
    afterAll(async () => rm(strangerFile));

    const withName = (name: string) => ({
      LAMPBOARD_AMI_TLS: 'true',
      LAMPBOARD_AMI_TLS_CA: asterisk().amiTls.caFile,
      LAMPBOARD_AMI_TLS_SERVER_NAME: name,
    });

    it('[AM11] is live, and an edit goes to Asterisk and comes back', async () => {
      const env = withName('pbx.example');
      const { client } = await openTestSite({ ...asterisk(), amiPort: asterisk().amiTls.port }, { env });
      await expectBoardMatchesPbx(client, { ...asterisk(), name: 'Asterisk over TLS' });
      const expected = { state: 'away', subtype: 'Lunch', message: 'back at one' } as const;
      expect(await client.setPresence('1101@default', expected)).toMatchObject({ ok: true });
      expect(await asterisk().readPresence('CustomPresence:1101')).toMatchObject(expected);
    });

    it.each([
      [
        'an authority that it does not know',
        () => ({ LAMPBOARD_AMI_TLS_CA: strangerFile }),
        /SIGNATURE|SIGNED/,
      ],
      ['another name', () => withName('other.example'), /ERR_TLS_CERT_ALTNAME_INVALID/],
    ])('[AM11] says so where the certificate is of %s', async (_, settings, code) => {
      const env = { LAMPBOARD_AMI_TLS: 'true', ...settings() };
      const gateway = await startTestGateway({ amiPort: asterisk().amiTls.port, env });
      const client = await openTestClient(gateway);
      await client.waitUntilDown(undefined, 'tls-error');
      const output = await gateway.output();
      expect(output).toMatch(code);
      expect(output).not.toContain(USERS.lampboard.secret);
    });
  });
});
