export type { QueryDocument } from "./documents/document.ts";
export { openDocument } from "./documents/open.ts";
export { type FolderOptions, openFolder } from "./node/database.ts";
export { type ExternalSources, externalResolver } from "./node/externals.ts";
export { type FetchOptions, fetchBytes } from "./node/fetch.ts";
export { fileInput, openTableFile, type TableFile, tableFile, tablesIn } from "./node/files.ts";
export { nodeInflaters } from "./node/inflate.ts";
export { findLock, type Lock, type Pin, readLock } from "./node/lock.ts";
export { pin } from "./node/pin.ts";
