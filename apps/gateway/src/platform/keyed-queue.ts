/** Runs the tasks of one key one after the other, in the order in which they came; those of other keys meanwhile. */
export function createKeyedQueue(): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const lastByKey = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const turn = (lastByKey.get(key) ?? Promise.resolve()).then(task, task);
    lastByKey.set(key, turn);
    try {
      return await turn;
    } finally {
      if (lastByKey.get(key) === turn) lastByKey.delete(key);
    }
  };
}
