const SECONDS = 0.5;
/** Two notes, a fourth apart, in hertz. */
const NOTES = [587.33, 783.99];
const LOUDNESS = 0.12;

/** Two soft notes; nothing where the browser lets no sound be made yet. */
export async function playSoftSound(): Promise<void> {
  const audio = new AudioContext();
  if (audio.state === 'suspended') await Promise.race([audio.resume(), pause(200)]);
  if (audio.state === 'running') {
    for (const [place, frequency] of NOTES.entries())
      note(audio, frequency, audio.currentTime + place * 0.16);
    await pause((SECONDS + 0.5) * 1000);
  }
  await audio.close();
}

function note(audio: AudioContext, frequency: number, at: number): void {
  const tone = new OscillatorNode(audio, { type: 'sine', frequency });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + SECONDS);
  tone.connect(volume).connect(audio.destination);
  tone.start(at);
  tone.stop(at + SECONDS);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
