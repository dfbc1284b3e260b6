// A signature with a finger: its strokes are kept as places and times, not as a picture.
type Place = [number, number, number];

export function startSignatures(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-signature]");
  const pad = form?.querySelector<HTMLElement>("[data-signature-pad]");
  const canvas = pad?.querySelector("canvas");
  const kept = form?.querySelector<HTMLInputElement>('input[name="strokes"]');
  const pen = canvas?.getContext("2d");
  if (!form || !pad || !canvas || !kept || !pen) return;
  pad.hidden = false;
  let strokes: Place[][] = [];
  let began = 0;

  function place(event: PointerEvent): Place {
    const box = canvas!.getBoundingClientRect();
    const part = (at: number, from: number, size: number, whole: number): number => Math.max(0, Math.min(whole, Math.round(((at - from) / size) * whole)));
    const time = Math.min(10_000, Math.round((event.timeStamp - began) / 10));
    return [part(event.clientX, box.left, box.width, canvas!.width), part(event.clientY, box.top, box.height, canvas!.height), time];
  }
  function draw(): void {
    pen!.clearRect(0, 0, canvas!.width, canvas!.height);
    pen!.lineWidth = 5;
    pen!.lineCap = pen!.lineJoin = "round";
    pen!.strokeStyle = "#11201F";
    for (const stroke of strokes) {
      pen!.beginPath();
      stroke.forEach(([x, y], at) => (at ? pen!.lineTo(x, y) : pen!.moveTo(x, y)));
      if (stroke.length === 1) pen!.lineTo(stroke[0]![0] + 1, stroke[0]![1]);
      pen!.stroke();
    }
    kept!.value = strokes.length ? JSON.stringify(strokes) : "";
  }
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    began ||= event.timeStamp;
    strokes.push([place(event)]);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    strokes.at(-1)?.push(place(event));
    draw();
  });
  form.querySelector("[data-signature-clear]")?.addEventListener("click", () => {
    strokes = [];
    began = 0;
    draw();
  });
}
