interface Started {
  stop(): Promise<void>;
}

/** Keeps what a section starts, until it ends. */
export type Keep = <S extends Started>(starting: Promise<S>) => Promise<S>;

/** Runs a section and stops whatever it started, the last first, however it ends. */
export async function onStage<T>(play: (keep: Keep) => Promise<T>): Promise<T> {
  const started: Started[] = [];
  try {
    return await play(async (starting) => {
      const one = await starting;
      started.push(one);
      return one;
    });
  } finally {
    for (const one of started.toReversed()) await one.stop();
  }
}
