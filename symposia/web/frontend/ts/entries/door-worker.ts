import { startWorker } from "../door/worker";

startWorker(self as unknown as Parameters<typeof startWorker>[0]);
