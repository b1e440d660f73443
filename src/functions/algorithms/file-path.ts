export interface PathParts {
  readonly scheme: string;
  /** A drive, with the slash behind it if there is one. */
  readonly root: string;
  readonly directory: string;
  readonly directoryName: string;
  readonly file: string;
  readonly extension: string;
  readonly stream: string;
}

/** The parts of a path with slashes of either kind; a part that is not there is empty. */
export function parsePath(path: string): PathParts {
  const [, scheme = "", rest = ""] = /^(?:([^:/\\]+):\/\/)?([\s\S]*)$/.exec(path)!;
  // A path beyond the limits of Windows starts with \\?\, before the drive.
  const [, lead = "", drive = "", separator = ""] = /^([\\/]{2}\?[\\/]|)([A-Za-z]:)([\\/]?)/.exec(rest) ?? [];
  const afterDrive = lead.length + drive.length;
  const slash = lastSlash(rest);
  const directory = rest.slice(0, Math.max(slash, afterDrive));
  const below = directory.slice(afterDrive);
  const name = rest.slice(Math.max(slash + 1, afterDrive));
  const colon = name.indexOf(":");
  const file = colon < 0 ? name : name.slice(0, colon);
  const dot = file.lastIndexOf(".");
  return {
    scheme,
    root: drive + separator,
    directory,
    directoryName: below.slice(lastSlash(below) + 1),
    file,
    extension: dot < 0 ? "" : file.slice(dot + 1),
    stream: colon < 0 ? "" : name.slice(colon + 1),
  };
}

function lastSlash(text: string): number {
  return Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\"));
}
