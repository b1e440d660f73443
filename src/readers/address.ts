/** Where external data is: a storage connection string, taken apart. */
export interface Address {
  /** The address without what grants access to it: it names the data in messages, flags and lock files. */
  readonly key: string;
  /** The part that ends in the name of a file. */
  readonly path: string;
  /** It carries a key or an identity behind a `;`, which no reader here can use. */
  readonly credentials: boolean;
}

/** Parameters that grant access: shared access signatures of Azure, presigned requests of Amazon, and the usual names. */
const secrets =
  /^(?:sig|signature|se|sp|sv|x-amz-.*|awsaccesskeyid|token|access_token|key|api_?key|code|password|secret|credential)$/i;

/**
 * `https://host/users.csv?sv=…&sig=…;key` is the data `https://host/users.csv`. A query without secrets belongs to the
 * name of the data. https://learn.microsoft.com/kusto/api/connection-strings/storage-connection-strings
 */
export function addressOf(uri: string): Address {
  const text = uri.trim();
  const end = text.indexOf(";");
  const bare = (end < 0 ? text : text.slice(0, end)).replace(/^(https?:\/\/)[^/?#@]*@/i, "$1");
  const [beforeFragment = ""] = bare.split("#");
  const question = beforeFragment.indexOf("?");
  const path = question < 0 ? beforeFragment : beforeFragment.slice(0, question);
  const query = question < 0 ? "" : beforeFragment.slice(question + 1);
  const secret = query.split("&").some((part) => secrets.test(part.split("=")[0] ?? ""));
  const key = query === "" || secret ? path : `${path}?${query}`;
  return { key, path, credentials: end >= 0 && text.slice(end + 1) !== "" };
}
