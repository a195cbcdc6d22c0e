import { type CliOptions, parseCli, USAGE } from './cli-options.ts';
import { startDemoPbx } from './demo-pbx.ts';
import { loadHints, startLoad } from './office/load.ts';
import { startNoise } from './office/noise.ts';
import { startOffice } from './office/office.ts';
import { officeDirectory, officeHints } from './office/people.ts';

function refuse(message: string): void {
  console.error(`demo-pbx: ${message}`);
  process.exitCode = 2;
}

async function run({ host, port, secret, seed, scene }: CliOptions): Promise<void> {
  const hints = scene.kind === 'office' ? officeHints : loadHints(scene.extensions);
  const noise = scene.kind === 'load' ? scene.noise : 0;
  const write = noise === 0 ? ['call', 'system'] : ['call'];
  const user = { username: 'lampboard', secret, read: ['call', 'system'], write };
  const pbx = await startDemoPbx({ hints, users: [user], host, port });
  const play = scene.kind === 'office' ? startOffice({ pbx, seed }) : startLoad({ pbx, seed, ...scene });
  const chatter = startNoise({ pbx, rate: noise });
  const what =
    scene.kind === 'office'
      ? `an office of ${officeDirectory.length}`
      : `${scene.extensions} extensions, ${scene.rate} changes and ${noise} other events a second`;
  console.log(`demo-pbx: AMI on ${host}:${pbx.port}, user ${user.username}, secret ${secret}; ${what}`);
  const stop = (): void => {
    play.stop();
    chatter.stop();
    void pbx.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

const parsed = parseCli(process.argv.slice(2));
switch (parsed.kind) {
  case 'help':
    console.log(USAGE);
    break;
  case 'wrong':
    refuse(`${parsed.message} (--help shows the options)`);
    break;
  case 'run':
    run(parsed.options).catch((error: unknown) =>
      refuse(error instanceof Error ? error.message : String(error)),
    );
    break;
}
