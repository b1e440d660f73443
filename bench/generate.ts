import { createWriteStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { strToU8, zipSync } from "fflate";

/* Deterministic data, kept outside of git: the same seed gives the same bytes everywhere. */

/** A small generator of 32-bit numbers (mulberry32). */
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

const processes = [
  "chrome.exe",
  "svchost.exe",
  "msedge.exe",
  "Teams.exe",
  "powershell.exe",
  "OneDrive.exe",
  "outlook.exe",
];
const msbuild = ["msbuild.exe", "MSBuild.exe", "MSBUILD.EXE"];

/** `rows` Defender-like network events with twelve columns, 2% of them of MSBuild. */
export async function eventsCsv(folder: string, rows: number): Promise<string> {
  const path = join(folder, `${rows}`, "DeviceNetworkEvents.csv");
  if (existsSync(path)) return path;
  mkdirSync(join(folder, `${rows}`), { recursive: true });
  const random = randomFrom(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const out = createWriteStream(path);
  out.write(
    "Timestamp,DeviceId,DeviceName,ActionType,RemoteIP,RemotePort,RemoteUrl,LocalIP,LocalPort,Protocol,InitiatingProcessFileName,InitiatingProcessCommandLine\n",
  );
  let lines: string[] = [];
  for (let i = 0; i < rows; i++) {
    const device = Math.floor(random() * 5000);
    const time = new Date(Date.UTC(2025, 4, 1) + Math.floor((i / rows) * 30 * 86_400_000)).toISOString();
    const file = random() < 0.02 ? pick(msbuild) : pick(processes);
    // A tenth of the addresses is private, one in fifty is IPv6; the public ones repeat.
    const kind = random();
    const ip =
      kind < 0.1
        ? `10.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}.7`
        : kind < 0.12
          ? "2001:4860:4860::8888"
          : dotted(Math.floor(random() * 2 ** 22) * 911 + 0x0b000000);
    const url = random() < 0.3 ? `https://host${Math.floor(random() * 9000)}.example.com/login?id=${i}` : "";
    lines.push(
      `${time},dev${device},ws-${device}.corp.example,ConnectionSuccess,${ip},443,${url},10.0.0.${device % 250},${49152 + (i % 9000)},Tcp,${file},"${file} ""C:\\src\\app-${device % 97}\\build.proj"" /t:Build"`,
    );
    if (lines.length === 20_000) {
      if (!out.write(`${lines.join("\n")}\n`)) await new Promise<void>((drained) => out.once("drain", () => drained()));
      lines = [];
    }
  }
  if (lines.length > 0) out.write(`${lines.join("\n")}\n`);
  out.end();
  await finished(out);
  return path;
}

/** 500,000 nested networks between /8 and /32, in a zip archive. */
export function prefixZip(folder: string, count: number): { readonly zip: string; readonly csv: string } {
  const zip = join(folder, `prefixes-${count}.csv.zip`);
  const csv = join(folder, `prefixes-${count}.csv`);
  if (existsSync(zip) && existsSync(csv)) return { zip, csv };
  mkdirSync(folder, { recursive: true });
  const random = randomFrom(11);
  const lines = ["CIDR,CIDRASN,CIDRASNName,CIDRSource"];
  for (let i = 0; i < count; i++) {
    const length = random() < 0.02 ? 8 + Math.floor(random() * 8) : 16 + Math.floor(random() * 17);
    const address = Math.floor(random() * 2 ** 32);
    const network = length === 0 ? 0 : (address & (0xffff_ffff << (32 - length))) >>> 0;
    const asn = Math.floor(random() * 65_000);
    lines.push(`${dotted(network)}/${length},${asn},AS${asn}-EXAMPLE,bench`);
  }
  const text = `${lines.join("\n")}\n`;
  writeFileSync(csv, text);
  writeFileSync(zip, zipSync({ "prefixes.csv": strToU8(text) }));
  return { zip, csv };
}
