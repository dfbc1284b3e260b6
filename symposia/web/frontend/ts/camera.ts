// Reads QR codes from the camera, frame by frame, without leaving the device.
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";

const PAUSE = 120;
const OPTIONS: ReaderOptions = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 1 };

export interface Camera {
  torch: (() => Promise<void>) | null;
  pause(): void;
  resume(): void;
}

/** Open the camera that looks away from the person, and tell each text it reads. */
export async function openCamera(video: HTMLVideoElement, wasm: string, read: (text: string) => void): Promise<Camera> {
  prepareZXingModule({ overrides: { locateFile: (path: string) => (path.endsWith(".wasm") ? wasm : path) }, fireImmediately: true });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } }, audio: false });
  video.srcObject = stream;
  await video.play();
  let looking = true;
  const canvas = document.createElement("canvas");
  const frame = canvas.getContext("2d", { willReadFrequently: true });

  async function look(): Promise<void> {
    if (looking && frame && video.videoWidth && document.visibilityState === "visible") {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      frame.drawImage(video, 0, 0);
      const [found] = await readBarcodes(frame.getImageData(0, 0, canvas.width, canvas.height), OPTIONS);
      if (looking && found?.text) read(found.text);
    }
    setTimeout(() => void look(), PAUSE);
  }
  void look();
  return { torch: torchOf(stream), pause: () => (looking = false), resume: () => (looking = true) };
}

function torchOf(stream: MediaStream): (() => Promise<void>) | null {
  const [track] = stream.getVideoTracks();
  const can = track?.getCapabilities?.() as { torch?: boolean } | undefined;
  if (!track || !can?.torch) return null;
  let on = false;
  return async () => {
    on = !on;
    await track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
  };
}
