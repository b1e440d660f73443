import { createWriteStream, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { strToU8, zipSync } from "fflate";

/* Deterministic data, kept outside of git: the same seed gives the same bytes everywhere. */

/** A small generator of numbers in [0, 1) (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const dotted = (address: number) =>
  `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;

const processes = ["chrome.exe", "svchost.exe", "msedge.exe", "Teams.exe", "powershell.exe", "OneDrive.exe"];
const msbuild = ["msbuild.exe", "MSBuild.exe", "MSBUILD.EXE"];
const paths = ["login", "login/sso", "api/v1/items", "relogin", "assets/app.js"];
const deviceCount = 50_000;

/** The address of a public event; they repeat. */
const publicAddress = (number: number) => dotted(number * 911 + 0x0b000000);

/** Writes `rows` lines below a header; a file that is there is the right one. */
async function table(path: string, header: string, rows: number, line: (row: number) => string): Promise<string> {
  if (existsSync(path)) return path;
  const fresh = `${path}.new`;
  const out = createWriteStream(fresh);
  out.write(`${header}\n`);
  for (let row = 0; row < rows; ) {
    const lines: string[] = [];
    for (const end = Math.min(rows, row + 20_000); row < end; row++) lines.push(line(row));
    if (!out.write(`${lines.join("\n")}\n`)) await new Promise<void>((drained) => out.once("drain", () => drained()));
  }
  out.end();
  await finished(out);
  renameSync(fresh, path);
  return path;
}

/** Defender-like network events with twelve columns, 2% of them of MSBuild. */
function events(folder: string, rows: number): Promise<string> {
  const random = randomFrom(7);
  const below = (count: number) => Math.floor(random() * count);
  const pick = (list: readonly string[]) => list[below(list.length)]!;
  const header =
    "Timestamp,DeviceId,DeviceName,ActionType,RemoteIP,RemotePort,RemoteUrl,LocalIP,LocalPort,Protocol,InitiatingProcessFileName,InitiatingProcessCommandLine";
  return table(join(folder, "DeviceNetworkEvents.csv"), header, rows, (i) => {
    const device = below(deviceCount);
    const time = new Date(Date.UTC(2025, 4, 1) + Math.floor((i / rows) * 30 * 86_400_000)).toISOString();
    const file = random() < 0.02 ? pick(msbuild) : pick(processes);
    // A tenth of the addresses is private, one in fifty is IPv6.
    const kind = random();
    const ip =
      kind < 0.1
        ? `10.${below(256)}.${below(256)}.7`
        : kind < 0.12
          ? "2001:4860:4860::8888"
          : publicAddress(below(2 ** 22));
    const url = random() < 0.5 ? `https://host${below(9000)}.example.com/${pick(paths)}?id=${i}` : "";
    return `${time},dev${device},ws-${device}.corp.example,ConnectionSuccess,${ip},443,${url},10.0.0.${device % 250},${49152 + (i % 9000)},Tcp,${file},"${file} ""C:\\src\\app-${device % 97}\\build.proj"" /t:Build ${"-m ".repeat(device % 20)}"`;
  });
}

function networkLines(count: number): string {
  const random = randomFrom(11);
  const lines = ["CIDR,CIDRASN,CIDRASNName,CIDRSource"];
  for (let i = 0; i < count; i++) {
    const length = random() < 0.02 ? 8 + Math.floor(random() * 8) : 16 + Math.floor(random() * 17);
    const network = (Math.floor(random() * 2 ** 32) & (0xffff_ffff << (32 - length))) >>> 0;
    const asn = Math.floor(random() * 65_000);
    lines.push(`${dotted(network)}/${length},${asn},AS${asn}-EXAMPLE,bench`);
  }
  return `${lines.join("\n")}\n`;
}

/** Nested networks between /8 and /32: text, and the same in an archive. */
export function networks(data: string, count: number): { readonly zip: string; readonly csv: string } {
  const zip = join(data, `networks-${count}.csv.zip`);
  const csv = join(data, `networks-${count}.csv`);
  if (existsSync(zip) && existsSync(csv)) return { zip, csv };
  mkdirSync(data, { recursive: true });
  const text = networkLines(count);
  writeFileSync(csv, text);
  writeFileSync(zip, zipSync({ "networks.csv": strToU8(text) }));
  return { zip, csv };
}

const copies = { ndjson: "(FORMAT json)", parquet: "(FORMAT parquet)" };

/** The folder of the tables of a size: events in three formats, and those that generic queries join and expand. */
export async function tables(data: string, rows: number): Promise<string> {
  const folder = join(data, String(rows));
  mkdirSync(folder, { recursive: true });
  const csv = await events(folder, rows);
  for (const [ending, format] of Object.entries(copies)) {
    const path = join(folder, `DeviceNetworkEvents.${ending}`);
    if (existsSync(path)) continue;
    const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
    const connection = await instance.connect();
    // Times stay as they are spelled in JSON; Parquet stores them as times.
    const types = ending === "ndjson" ? ", types = {'Timestamp': 'VARCHAR'}" : "";
    await connection.run(`COPY (FROM read_csv('${csv}', header = true${types})) TO '${path}.new' ${format}`);
    renameSync(`${path}.new`, path);
  }
  const random = randomFrom(13);
  const platforms = ["Windows11", "Windows10", "macOS", "Linux", "iOS"];
  await table(join(folder, "Devices.csv"), "DeviceId,Platform,Score", Math.min(rows, 1_000_000), (i) => {
    return `dev${i},${platforms[i % platforms.length]},${Math.floor(random() * 100)}`;
  });
  await table(join(folder, "Known.csv"), "RemoteIP", Math.min(rows, 200_000), (i) => publicAddress(i * 7));
  await table(join(folder, "Bags.csv"), "Id,Fields", Math.min(rows, 1_000_000), (i) => {
    const items = Array.from({ length: i % 5 }, (_, k) => `{""k"":""key${k}"",""v"":${(i * 31 + k) % 1000}}`);
    return `${i},"{""user"":""user${i % 5000}"",""items"":[${items.join(",")}]}"`;
  });
  return folder;
}
