import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { externalTable } from "../../src/engine/external.ts";
import { externalResolver } from "../../src/node/externals.ts";
import { fetchBytes } from "../../src/node/fetch.ts";
import { findLock, pinnedInput, readLock } from "../../src/node/lock.ts";
import { pin } from "../../src/node/pin.ts";
import { failure, schemaOf, textsOf } from "../readers/support.ts";

let server: Server;
let host: string;
let origin: string;
let requests: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request.url ?? "");
    const [path = "", query = ""] = (request.url ?? "").split("?");
    if (path === "/list.csv") response.end("1\n2\n");
    else if (path === "/long.csv") response.end("x".repeat(10_000));
    else if (path === "/chunks.csv") {
      response.write("x".repeat(6000));
      response.end("x".repeat(6000));
    } else if (path === "/slow.csv") setTimeout(() => response.end("1\n"), 5000).unref();
    else if (path === "/cut.csv") {
      response.writeHead(200, { "content-length": "100" });
      response.write("1\n");
      setTimeout(() => response.destroy(), 20);
    } else if (path === "/loop") response.writeHead(302, { location: "/loop" }).end();
    else if (path === "/go") response.writeHead(302, { location: decodeURIComponent(query) }).end();
    else response.writeHead(404).end("no");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = `http://${host}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kqlite-"));
  requests = [];
});

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const sha256 = (data: string) => createHash("sha256").update(data).digest("hex");

describe("a fetch", () => {
  test("gives the bytes", async () => {
    expect(text(await fetchBytes(`${origin}/list.csv`, { hosts: [host] }))).toBe("1\n2\n");
  });

  test("follows redirects to allowed hosts only", async () => {
    const to = (target: string) => `${origin}/go?${encodeURIComponent(target)}`;
    expect(text(await fetchBytes(to("/list.csv"), { hosts: [host] }))).toBe("1\n2\n");
    expect(await failure(() => fetchBytes(to("http://169.254.169.254/latest"), { hosts: [host] }))).toMatch(
      /^KQ357: `.*` leads to the host `169\.254\.169\.254`, which is not allowed\nallow it with `--allow-net 169\.254\.169\.254`$/,
    );
    expect(await failure(() => fetchBytes(to("file:///etc/passwd"), { hosts: [host] }))).toMatch(
      /^KQ358.*`file:` is not a protocol/,
    );
    expect(await failure(() => fetchBytes(`${origin}/loop`, { hosts: [host] }))).toMatch(
      /there are more than 5 redirects/,
    );
    expect(requests.filter((path) => path === "/loop").length).toBe(6);
  });

  test("asks no host that is not allowed", async () => {
    expect(await failure(() => fetchBytes(`${origin}/list.csv`, { hosts: ["example.com", "127.0.0.1"] }))).toMatch(
      /^KQ357/,
    );
    expect(requests).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    ["an answer that is an error", "/missing", /^KQ358: `http:.*\/missing` cannot be fetched: the server answers 404$/],
    [
      "an answer that is cut off",
      "/cut.csv",
      /^KQ358: `http:.*\/cut\.csv` cannot be fetched: the connection is cut off$/,
    ],
    ["an answer that is long", "/long.csv", /^KQ359: the data at `http:.*\/long\.csv` is larger than 7\.8 KiB$/],
    ["an answer that turns out long", "/chunks.csv", /^KQ359/],
    [
      "an answer that is slow",
      "/slow.csv",
      /^KQ358: `http:.*\/slow\.csv` cannot be fetched: it took longer than 1 second$/,
    ],
  ])("refuses %s", async (_, path, expected) => {
    expect(await failure(() => fetchBytes(origin + path, { hosts: [host], maxBytes: 8000, maxSeconds: 1 }))).toMatch(
      expected,
    );
  });

  test("refuses what is no address of the web, and shows no secret", async () => {
    const options = { hosts: [host] };
    expect(await failure(() => fetchBytes("file:///etc/passwd", options))).toMatch(
      /^KQ358: `file:\/\/\/etc\/passwd` cannot be fetched/,
    );
    expect(await failure(() => fetchBytes("list.csv", options))).toBe(
      "KQ358: `list.csv` cannot be fetched: it is not a URL",
    );
    expect(await failure(() => fetchBytes(`${origin}/list.csv;SECRET`, options))).toBe(
      `KQ358: \`${origin}/list.csv\` cannot be fetched: the credentials behind its \`;\` are not supported\n` +
        "give a file with `-x URL=FILE`",
    );
    expect(await failure(() => fetchBytes(`http://user:SECRET@${host}/list.csv`, options))).not.toContain("SECRET");
    expect(await failure(() => fetchBytes(`${origin}/missing?sig=SECRET`, options))).not.toContain("SECRET");
    expect(requests).toEqual(["/missing?sig=SECRET"]);
  });
});

test("a fetch from a host that does not answer says so", async () => {
  const closed = createServer();
  await new Promise<void>((done) => closed.listen(0, "127.0.0.1", done));
  const nobody = `127.0.0.1:${(closed.address() as AddressInfo).port}`;
  await new Promise((done) => closed.close(done));
  expect(await failure(() => fetchBytes(`http://${nobody}/x`, { hosts: [nobody] }))).toBe(
    `KQ358: \`http://${nobody}/x\` cannot be fetched: the connection is refused`,
  );
});

describe("a lock file", () => {
  const address = "https://host/list.csv";
  const lockPath = () => join(folder, "kqlite.lock.json");

  function lock(pin: Record<string, unknown>): string {
    writeFileSync(lockPath(), JSON.stringify({ version: 1, pins: { [address]: pin } }));
    return lockPath();
  }

  test("is found in a folder or above", async () => {
    const below = join(folder, "a", "b");
    mkdirSync(below, { recursive: true });
    lock({ file: "x.csv", sha256: sha256("1\n"), size: 2 });
    expect((await findLock(below))?.path).toBe(lockPath());
    expect((await findLock(below))?.pins.get(address)).toEqual({ file: "x.csv", sha256: sha256("1\n"), size: 2 });
    rmSync(lockPath());
    expect(await findLock(below)).toBeUndefined();
  });

  test("gives the copy when it is the same", async () => {
    writeFileSync(join(folder, "x.csv"), "1\n");
    const read = await readLock(lock({ file: "x.csv", sha256: sha256("1\n"), size: 2 }));
    expect((await pinnedInput(read, address))?.size).toBe(2);
    expect(await pinnedInput(read, "https://host/other.csv")).toBeUndefined();
  });

  test("refuses a copy that is another, or is not there", async () => {
    const path = join(folder, "x.csv");
    const read = await readLock(lock({ file: "x.csv", sha256: sha256("1\n"), size: 2 }));
    expect(await failure(() => pinnedInput(read, address))).toBe(
      `KQ355: the pinned copy \`${path}\` of \`${address}\` is not there\n\`kqlite pin FILE\` fetches it again`,
    );
    writeFileSync(path, "2\n");
    expect(await failure(() => pinnedInput(read, address))).toBe(
      `KQ355: \`${path}\` is not the pinned copy of \`${address}\`\n` +
        `expected sha256 ${sha256("1\n")}, found ${sha256("2\n")}; \`kqlite pin FILE\` takes the data as it is now`,
    );
  });

  test.each<[string, string]>([
    ["{", "it is not JSON"],
    ["[]", "it is not a lock file of this version"],
    ['{"version":2,"pins":{}}', "it is not a lock file of this version"],
    ['{"version":1}', "it is not a lock file of this version"],
    ['{"version":1,"pins":{"u":1}}', "what it says of `u` is no object"],
    ['{"version":1,"pins":{"u":{}}}', "the file of `u` is missing"],
    ['{"version":1,"pins":{"u":{"file":"x"}}}', "the sha256 of `u` is missing"],
    [`{"version":1,"pins":{"u":{"file":"x","sha256":"${"0".repeat(64)}"}}}`, "the size of `u` is missing"],
    ['{"version":1,"pins":{"u":{"file":"../../etc/passwd"}}}', "`../../etc/passwd` is not below its folder"],
    ['{"version":1,"pins":{"u":{"file":"/etc/passwd"}}}', "`/etc/passwd` is not below its folder"],
    ['{"version":1,"pins":{"u":{"file":"a\\\\..\\\\..\\\\b"}}}', "`a\\..\\..\\b` is not below its folder"],
  ])("that reads %s is refused", async (text, why) => {
    writeFileSync(lockPath(), text);
    expect(await failure(() => readLock(lockPath()))).toBe(
      `KQ356: the lock file \`${lockPath()}\` cannot be used: ${why}\ndelete it and run \`kqlite pin FILE\` again`,
    );
  });
});

describe("pin", () => {
  test("keeps copies, and the lock file finds them", async () => {
    const url = `${origin}/list.csv?sig=SECRET`;
    const made = await pin([url, url], folder, { hosts: [host] });
    expect(requests.length).toBe(1);
    const key = `${origin}/list.csv`;
    const entry = made.pins.get(key);
    expect(entry).toEqual({
      file: expect.stringMatching(/^kqlite\.externals\/[0-9a-f]{8}-list\.csv$/),
      sha256: sha256("1\n2\n"),
      size: 4,
    });
    const written = readFileSync(join(folder, "kqlite.lock.json"), "utf8");
    expect(written).not.toContain("SECRET");
    expect(written.endsWith("}\n")).toBe(true);
    const lock = await findLock(folder);
    expect(lock).toEqual(made);
    expect((await pinnedInput(lock!, key))?.size).toBe(4);
  });

  test("keeps what is pinned already, and takes local files", async () => {
    const local = join(folder, "other list.csv.zip");
    writeFileSync(local, "PK");
    await pin([`${origin}/list.csv`], folder, { hosts: [host] });
    const made = await pin([pathToFileURL(local).href, local], folder, { hosts: [] });
    expect([...made.pins.keys()]).toEqual([`${origin}/list.csv`, pathToFileURL(local).href, local]);
    for (const { file } of made.pins.values()) expect(existsSync(join(folder, file))).toBe(true);
    expect(made.pins.get(local)?.file).toMatch(/-other_list\.csv\.zip$/);
  });

  test("changes no lock file when something fails", async () => {
    await pin([`${origin}/list.csv`], folder, { hosts: [host] });
    const before = readFileSync(join(folder, "kqlite.lock.json"), "utf8");
    expect(await failure(() => pin([`${origin}/missing`], folder, { hosts: [host] }))).toMatch(/^KQ358/);
    expect(await failure(() => pin([`${origin}/list.csv`], folder, { hosts: [] }))).toMatch(/^KQ357/);
    expect(readFileSync(join(folder, "kqlite.lock.json"), "utf8")).toBe(before);
  });
});

describe("external data", () => {
  const rowsOf = (url: string, sources: Parameters<typeof externalResolver>[0]) => {
    const request = { uris: [url], columns: schemaOf("n:string"), options: new Map() };
    return textsOf(externalTable(request, { resolve: externalResolver(sources) }));
  };

  test("is the file of the user, else the pinned copy, else that of the network", async () => {
    const url = `${origin}/list.csv`;
    const file = join(folder, "mine.csv");
    writeFileSync(file, "mine\n");
    const network = { hosts: [host] };
    expect(await rowsOf(url, { network })).toEqual(["1", "2"]);
    const lock = await pin([url], folder, network);
    writeFileSync(join(folder, lock.pins.get(url)!.file), "pinned\n");
    expect(await failure(() => rowsOf(url, { network, lock }))).toMatch(/^KQ355/);
    requests = [];
    const files = new Map([[`${url}?sig=SECRET`, file]]);
    expect(await rowsOf(`${url};key`, { network, lock, files })).toEqual(["mine"]);
    expect(requests).toEqual([]);
  });

  test("is an error without any of them", async () => {
    const url = `${origin}/list.csv`;
    expect(await failure(() => rowsOf(url, {}))).toMatch(/^KQ354/);
    expect(await failure(() => rowsOf(url, { network: { hosts: [] } }))).toMatch(/^KQ354/);
    expect(await failure(() => rowsOf(url, { network: { hosts: ["example.com"] } }))).toMatch(/^KQ357/);
    expect(requests).toEqual([]);
  });

  test("is fetched once, though several tables ask for it", async () => {
    const resolve = externalResolver({ network: { hosts: [host] } });
    await Promise.all([1, 2, 3].map(() => resolve(`${origin}/list.csv`)));
    expect(requests.length).toBe(1);
    expect(await failure(() => resolve(`${origin}/missing`))).toMatch(/^KQ358/);
    expect(await failure(() => resolve(`${origin}/missing`))).toMatch(/^KQ358/);
    expect(requests.length).toBe(3);
  });
});
