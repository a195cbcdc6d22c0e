interface Resource {
  stop(): Promise<void>;
}

export type Track = <S extends Resource>(starting: Promise<S>) => Promise<S>;

/** Runs `run` and then stops whatever it tracked, the last first. */
export async function withResources<T>(run: (track: Track) => Promise<T>): Promise<T> {
  const resources: Resource[] = [];
  try {
    return await run(async (starting) => {
      const resource = await starting;
      resources.push(resource);
      return resource;
    });
  } finally {
    for (const resource of resources.toReversed())
      await resource
        .stop()
        .catch((error: unknown) => process.stderr.write(`stop failed: ${String(error)}\n`));
  }
}
