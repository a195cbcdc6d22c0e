const NOTE_SECONDS = 0.5;
/** Two notes, a fourth apart. */
const NOTE_FREQUENCIES_HZ = [587.33, 783.99];
const PEAK_GAIN = 0.12;

/** Plays two soft notes; silent while the browser blocks audio. */
export async function playAlertSound(): Promise<void> {
  const audio = new AudioContext();
  if (audio.state === 'suspended') await Promise.race([audio.resume(), delay(200)]);
  if (audio.state === 'running') {
    for (const [index, frequency] of NOTE_FREQUENCIES_HZ.entries())
      playNote(audio, frequency, audio.currentTime + index * 0.16);
    await delay((NOTE_SECONDS + 0.5) * 1000);
  }
  await audio.close();
}

function playNote(audio: AudioContext, frequency: number, startTime: number): void {
  const tone = new OscillatorNode(audio, { type: 'sine', frequency });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, startTime);
  volume.gain.linearRampToValueAtTime(PEAK_GAIN, startTime + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, startTime + NOTE_SECONDS);
  tone.connect(volume).connect(audio.destination);
  tone.start(startTime);
  tone.stop(startTime + NOTE_SECONDS);
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
