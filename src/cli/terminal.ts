import type { WriteStream } from "node:tty";

/** https://no-color.org, https://force-color.org; FORCE_COLOR wins, as in Node. */
export function hasColor(stream: Pick<WriteStream, "isTTY">, env: NodeJS.ProcessEnv = process.env): boolean {
  const { FORCE_COLOR: force, NO_COLOR: never, TERM: terminal } = env;
  if (force !== undefined) return force !== "0" && force !== "false";
  return !never && stream.isTTY === true && terminal !== "dumb";
}

/** A reader that closes the pipe (`| head`) has seen enough: no error, no more output. */
export function quitOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED") process.exit(0);
      throw error;
    });
  }
}

const chunkLength = 64 * 1024;

/** Writes to the standard output in large pieces, as fast as it takes them. */
export async function print(pieces: Iterable<string>): Promise<void> {
  for (const chunk of chunksOf(pieces)) {
    if (!process.stdout.write(chunk)) await new Promise<void>((done) => process.stdout.once("drain", done));
  }
}

/** The pieces joined to chunks worth a system call. */
export function* chunksOf(pieces: Iterable<string>): Iterable<string> {
  let chunk = "";
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
