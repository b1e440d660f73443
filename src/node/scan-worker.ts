import { parentPort, workerData } from "node:worker_threads";
import type { Part } from "../readers/input.ts";
import type { WorkerTask } from "./crew.ts";
import { crewMember } from "./crew-member.ts";
import { heldFile } from "./held-file.ts";

/* A thread that reads the parts of a file that it is told. */

const { file, task } = workerData as WorkerTask; // what `crewOf` sends
const read = crewMember(task, heldFile(file));

parentPort?.on("message", async (part: Part) => {
  const { found, memory } = await read(part);
  parentPort?.postMessage(found, memory as ArrayBuffer[]); // none of it is shared
});
