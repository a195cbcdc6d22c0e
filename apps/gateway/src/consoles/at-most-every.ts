/**
 * Runs at once, and at most every so many milliseconds: what is asked for in between is one run at the end of the time.
 */
export function atMostEvery(everyMs: number, run: () => void): () => void {
  let resting = false;
  let askedAgain = false;

  return function ask(): void {
    if (resting) {
      askedAgain = true;
      return;
    }
    run();
    resting = true;
    setTimeout(() => {
      resting = false;
      if (askedAgain) ask();
      askedAgain = false;
    }, everyMs);
  };
}
