import { ticksPerHour, ticksPerMinute } from "../data/calendar.ts";
import type { Cell } from "../data/column.ts";
import { fromDynamic } from "../data/text.ts";
import type { ScalarType } from "../data/types.ts";

/** What a column may hold when nothing says what: the `i`-th such value, all different. */
export function sampleValue(name: string, type: ScalarType, i: number, now: bigint): Cell {
  switch (type) {
    case "string":
      return sampleText(name, i);
    case "bool":
      return i % 2 === 0;
    case "int":
    case "real":
      return i + 1;
    case "long":
      return BigInt(i + 1);
    case "decimal":
      return fromDynamic(i + 1, "decimal");
    case "datetime":
      return now - 10n * ticksPerMinute - BigInt(i) * ticksPerMinute;
    case "timespan":
      return BigInt(i + 1) * ticksPerHour;
    case "guid":
      return guid(i);
    case "dynamic":
      return sampleText(name, i);
  }
}

const kinds: readonly (readonly [RegExp, (i: number) => string])[] = [
  [/ip(v4)?(addr(ess)?)?$|^(src|dst|dest)ip|ipaddr/i, (i) => `203.0.113.${10 + i}`],
  [/sha256/i, (i) => digits(i, 64)],
  [/sha1/i, (i) => digits(i, 40)],
  [/md5/i, (i) => digits(i, 32)],
  [/sid$/i, (i) => `S-1-5-21-1000000000-2000000000-3000000000-${1100 + i}`],
  [/(domain|host)$/i, (i) => (i === 0 ? "example.com" : `example${i + 1}.com`)],
  [/(upn|userprincipalname|emailaddress|fromaddress|mail)$/i, (i) => `user${i + 1}@contoso.com`],
  [/(url|uri)$/i, (i) => `https://example.com/${i + 1}`],
  [/(guid|correlationid|objectid|tenantid|subscriptionid)$/i, guid],
  [/^(device|computer|machine|host|workstation)(name)?$/i, (i) => `ws${i + 1}`],
  [/(account|user|caller|actor|initiatedby|username|accountname|displayname)$/i, (i) => `user${i + 1}`],
  [/folderpath|filepath/i, (i) => `C:\\Temp\\file${i + 1}.exe`],
  [/filename|processname$/i, (i) => `file${i + 1}.exe`],
  [/port$/i, (i) => String(4431 + i)],
];

function sampleText(name: string, i: number): string {
  const kind = kinds.find(([pattern]) => pattern.test(name));
  return kind ? kind[1](i) : `${/^[A-Za-z]\w*$/.test(name) ? name : "value"}-${i + 1}`;
}

function guid(i: number): string {
  return `00000000-0000-4000-8000-${(i + 1).toString(16).padStart(12, "0")}`;
}

function digits(i: number, length: number): string {
  return (i + 10).toString(16).padEnd(length, "0123456789abcdef");
}
