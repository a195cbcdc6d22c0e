import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Timing-sensitive or resource-intensive: run one at a time. */
const SERIAL_TESTS = [
  'e2e/chaos/chaos.test.ts',
  'e2e/tests/gateway-asterisk/outages.test.ts',
  'e2e/tests/gateway-operations/cluster-pbxs.test.ts',
  'e2e/tests/gateway-operations/load.test.ts',
  'e2e/tests/gateway-operations/resource-limits.test.ts',
  'e2e/tests/installation/*.test.ts',
];

/** Longer than a minute: they begin first, so that no worker waits for the last one. */
const LONG_TESTS = [
  'e2e/bench/bench.test.ts',
  'gateway-operations/doctor-asterisk.test.ts',
  'gateway-asterisk/text-roundtrip.test.ts',
  'gateway-asterisk/slow-link.test.ts',
  'contract/ami-link.test.ts',
  'gateway-asterisk/idle-traffic.test.ts',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONG_TESTS.some((path) => moduleId.endsWith(path));
    // oxlint-disable-next-line unicorn/no-array-sort -- not that of an array
    const others = await super.sort(files);
    return [...others.filter(isLong), ...others.filter((file) => !isLong(file))];
  }
}

const MAX_WORKERS = 2;
/** Tests with a PBX are mostly idle. */
const PBX_WORKERS = 3;

const setupFiles = [fileURLToPath(new URL('vitest.setup.ts', import.meta.url))];
const pbx = { setupFiles, testTimeout: 60_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/gateway/{src,fuzz}/**/*.test.ts'],
          setupFiles,
          testTimeout: 20_000,
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: './apps/console/vite.config.ts',
        test: {
          name: 'console',
          root: './apps/console',
          include: ['src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 20_000,
          maxWorkers: MAX_WORKERS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...pbx,
          name: 'pbx',
          include: ['e2e/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...SERIAL_TESTS],
          maxWorkers: PBX_WORKERS,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...pbx,
          name: 'serial',
          include: SERIAL_TESTS,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
