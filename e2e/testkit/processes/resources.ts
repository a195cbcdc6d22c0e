interface Resource {
  stop(): Promise<void>;
}

/** Keeps what a section starts, until it ends. */
export type Track = <S extends Resource>(starting: Promise<S>) => Promise<S>;

/** Runs a section and stops whatever it started, the last first, however it ends. */
export async function withResources<T>(run: (track: Track) => Promise<T>): Promise<T> {
  const resources: Resource[] = [];
  try {
    return await run(async (starting) => {
      const resource = await starting;
      resources.push(resource);
      return resource;
    });
  } finally {
    for (const resource of resources.toReversed()) await resource.stop();
  }
}
