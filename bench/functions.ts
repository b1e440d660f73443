/**
 * Functions over the columns of the generated events (and `Bags`): in Kusto's words and in DuckDB's, each an expression
 * that gives a number, so that its sum can be compared.
 */
export interface FunctionCase {
  readonly name: string;
  readonly kql: string;
  readonly duck: string;
  readonly table?: "Bags";
  /** Share of the sum by which engines may differ: digits of real numbers, letters that fold. */
  readonly tolerance?: number;
}

const epoch = "TIMESTAMP '2025-05-01'";

export const functionCases: readonly FunctionCase[] = [
  { name: "+ and *", kql: "LocalPort * 3 + RemotePort", duck: "LocalPort * 3 + RemotePort" },
  { name: "%", kql: "LocalPort % 97", duck: "LocalPort % 97" },
  { name: "bin(long)", kql: "bin(LocalPort, 100)", duck: "LocalPort // 100 * 100" },
  { name: "binary_and", kql: "binary_and(LocalPort, 255)", duck: "LocalPort & 255" },
  { name: "round", kql: "round(LocalPort / 7.0, 2)", duck: "round(LocalPort / 7.0::DOUBLE, 2)", tolerance: 1e-9 },
  { name: "sqrt", kql: "sqrt(LocalPort)", duck: "sqrt(LocalPort)", tolerance: 1e-9 },
  { name: "log", kql: "log(LocalPort)", duck: "ln(LocalPort)", tolerance: 1e-9 },
  { name: "pow", kql: "pow(LocalPort, 1.5)", duck: "pow(LocalPort, 1.5)", tolerance: 1e-9 },
  {
    name: "case",
    kql: "case(LocalPort % 3 == 0, 1, LocalPort % 3 == 1, 5, 7)",
    duck: "CASE WHEN LocalPort % 3 = 0 THEN 1 WHEN LocalPort % 3 = 1 THEN 5 ELSE 7 END",
  },
  {
    name: "between",
    kql: "tolong(LocalPort between (50000 .. 52000))",
    duck: "(LocalPort BETWEEN 50000 AND 52000)::BIGINT",
  },
  { name: "tostring(long)", kql: "strlen(tostring(LocalPort))", duck: "length(LocalPort::VARCHAR)" },
  {
    name: "tolong(string)",
    kql: "tolong(substring(DeviceId, 3))",
    duck: "TRY_CAST(substring(DeviceId, 4) AS BIGINT)",
  },
  {
    name: "bin(datetime)",
    kql: "(bin(Timestamp, 1h) - datetime(2025-05-01)) / 1h",
    duck: `date_diff('hour', ${epoch}, date_trunc('hour', Timestamp))`,
  },
  {
    name: "startofday",
    kql: "(startofday(Timestamp) - datetime(2025-05-01)) / 1d",
    duck: `date_diff('day', ${epoch}, date_trunc('day', Timestamp))`,
  },
  {
    name: "datetime_diff",
    kql: 'datetime_diff("minute", Timestamp, datetime(2025-05-01))',
    duck: `date_diff('minute', ${epoch}, Timestamp)`,
  },
  {
    name: "datetime_part",
    kql: 'datetime_part("hour", Timestamp) + datetime_part("day", Timestamp)',
    duck: "hour(Timestamp) + day(Timestamp)",
  },
  { name: "hourofday", kql: "hourofday(Timestamp)", duck: "hour(Timestamp)" },
  { name: "dayofweek", kql: "dayofweek(Timestamp) / 1d", duck: "dayofweek(Timestamp)" },
  {
    name: "format_datetime",
    kql: 'tolong(format_datetime(Timestamp, "yyyyMMddHHmm"))',
    duck: "strftime(Timestamp, '%Y%m%d%H%M')::BIGINT",
  },
  { name: "strlen", kql: "strlen(RemoteUrl)", duck: "length(RemoteUrl)" },
  {
    name: "toupper",
    kql: 'tolong(toupper(RemoteUrl) == "X") + strlen(RemoteUrl)',
    duck: "(upper(RemoteUrl) = 'X')::BIGINT + length(RemoteUrl)",
  },
  {
    name: "strcat",
    kql: 'strlen(strcat(DeviceName, "/", RemoteUrl))',
    duck: "length(DeviceName || '/' || RemoteUrl)",
  },
  { name: "substring", kql: "strlen(substring(RemoteUrl, 8, 12))", duck: "length(substring(RemoteUrl, 9, 12))" },
  { name: "indexof", kql: 'indexof(RemoteUrl, "example")', duck: "strpos(RemoteUrl, 'example') - 1" },
  {
    name: "replace_string",
    kql: 'strlen(replace_string(RemoteUrl, "example", "x"))',
    duck: "length(replace(RemoteUrl, 'example', 'x'))",
  },
  {
    name: "replace_regex",
    kql: 'strlen(replace_regex(RemoteUrl, @"[0-9]+", "n"))',
    duck: "length(regexp_replace(RemoteUrl, '[0-9]+', 'n', 'g'))",
  },
  {
    name: "extract",
    kql: 'tolong(extract(@"id=([0-9]+)", 1, RemoteUrl))',
    duck: "TRY_CAST(regexp_extract(RemoteUrl, 'id=([0-9]+)', 1) AS BIGINT)",
  },
  {
    name: "matches regex",
    kql: 'tolong(RemoteUrl matches regex @"host[0-9]+5\\.example")',
    duck: "regexp_matches(RemoteUrl, 'host[0-9]+5\\.example')::BIGINT",
  },
  {
    name: "split",
    kql: 'array_length(split(RemoteUrl, "/"))',
    duck: "len(string_split(RemoteUrl, '/'))",
  },
  {
    name: "has",
    kql: 'tolong(RemoteUrl has "login")',
    duck: "(contains(lower(RemoteUrl), 'login') AND regexp_matches(RemoteUrl, '(?i)(^|[^a-z0-9])login($|[^a-z0-9])'))::BIGINT",
  },
  {
    name: "contains",
    kql: 'tolong(RemoteUrl contains "LOGIN")',
    duck: "contains(lower(RemoteUrl), 'login')::BIGINT",
  },
  {
    name: "startswith",
    kql: 'tolong(RemoteUrl startswith "HTTPS://host1")',
    duck: "starts_with(lower(RemoteUrl), 'https://host1')::BIGINT",
  },
  {
    name: "=~",
    kql: 'tolong(InitiatingProcessFileName =~ "MSBuild.exe")',
    duck: "(lower(InitiatingProcessFileName) = 'msbuild.exe')::BIGINT",
  },
  {
    name: "in",
    kql: 'tolong(DeviceName in ("ws-1.corp.example", "ws-2.corp.example", "ws-3.corp.example"))',
    duck: "(DeviceName IN ('ws-1.corp.example', 'ws-2.corp.example', 'ws-3.corp.example'))::BIGINT",
  },
  { name: "countof", kql: 'countof(RemoteUrl, "e")', duck: "length(RemoteUrl) - length(replace(RemoteUrl, 'e', ''))" },
  {
    name: "base64_encode_tostring",
    kql: "strlen(base64_encode_tostring(RemoteUrl))",
    duck: "length(to_base64(encode(RemoteUrl)))",
  },
  { name: "hash_md5", kql: "strlen(hash_md5(RemoteIP))", duck: "length(md5(RemoteIP))" },
  { name: "hash_sha256", kql: "strlen(hash_sha256(RemoteIP))", duck: "length(sha256(RemoteIP))" },
  {
    name: "parse_ipv4",
    kql: "coalesce(parse_ipv4(RemoteIP), 0)",
    duck: `CASE WHEN regexp_full_match(RemoteIP, '[0-9]{1,3}(\\.[0-9]{1,3}){3}') THEN split_part(RemoteIP, '.', 1)::BIGINT * 16777216 + split_part(RemoteIP, '.', 2)::BIGINT * 65536 + split_part(RemoteIP, '.', 3)::BIGINT * 256 + split_part(RemoteIP, '.', 4)::BIGINT ELSE 0 END`,
  },
  {
    name: "parse_json",
    kql: "strlen(tostring(parse_json(Fields).user))",
    duck: "length(Fields->>'user')",
    table: "Bags",
  },
];
