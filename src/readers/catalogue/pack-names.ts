/*
 * Schemas of Microsoft's services.
 *   xdr       advanced hunting in Microsoft Defender XDR
 *   sentinel  a Log Analytics workspace with Microsoft Sentinel, which Defender's tables may be streamed to
 *   unified   both, as in the Defender portal with a workspace connected
 */

export const packNames = ["xdr", "sentinel", "unified"] as const;
export type PackName = (typeof packNames)[number];

export function isPackName(name: string): name is PackName {
  return packNames.some((known) => known === name);
}
