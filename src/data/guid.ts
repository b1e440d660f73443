const guidText = /^\s*(?:\{([^{}]*)\}|\(([^()]*)\)|([^{}()]*?))\s*$/;
const hex = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/;

const leading = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})/i;

/** As `parseGuid`, and out of text that goes on after the 32 digits, each hyphen there or not, as `toguid` reads it. */
export function leadingGuid(text: string): string | null {
  const parts = leading.exec(text);
  return parts ? parts.slice(1).join("-").toLowerCase() : parseGuid(text);
}

/** A guid in lower case with hyphens, from text with or without hyphens and braces; null for other text. */
export function parseGuid(text: string): string | null {
  const found = guidText.exec(text);
  const inner = (found?.[1] ?? found?.[2] ?? found?.[3])?.trim().toLowerCase();
  if (inner === undefined || !hex.test(inner)) return null;
  const digits = inner.replaceAll("-", "");
  if (inner.length !== 32 && inner.length !== 36) return null;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}
