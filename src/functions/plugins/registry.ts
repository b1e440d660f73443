import { byName } from "../by-name.ts";
import type { PluginDefinition } from "../plugin.ts";
import { activeUsersCount } from "./active-users-count.ts";
import { activityCountsMetrics } from "./activity-counts-metrics.ts";
import { activityEngagement } from "./activity-engagement.ts";
import { activityMetrics } from "./activity-metrics.ts";
import { bagUnpack } from "./bag-unpack.ts";
import { dcountIntersect } from "./dcount-intersect.ts";
import { funnelSequenceCompletion } from "./funnel-sequence-completion.ts";
import { geoLineLookup } from "./geo-line-lookup.ts";
import { geoPolygonLookup } from "./geo-polygon-lookup.ts";
import { inferStorageSchema } from "./infer-storage-schema.ts";
import { ipv4Lookup } from "./ipv4-lookup.ts";
import { ipv6Lookup } from "./ipv6-lookup.ts";
import { narrow } from "./narrow.ts";
import { newActivityMetrics } from "./new-activity-metrics.ts";
import { pivot } from "./pivot.ts";
import { preview } from "./preview.ts";
import {
  csharp,
  estimateRowsCount,
  executeQuery,
  executeShowCommand,
  externalDatatable,
  identity,
  identityV3,
  python,
  r,
} from "./refused-cluster.ts";
import { autocluster, basket, diffpatterns, diffpatternsText, funnelSequence } from "./refused-patterns.ts";
import {
  aiChatCompletion,
  aiChatCompletionPrompt,
  aiEmbeddings,
  aiEmbedText,
  azureDigitalTwinsQueryRequest,
  cosmosdbSqlRequest,
  daxRequest,
  httpRequest,
  httpRequestPost,
  inferStorageSchemaWithSuggestions,
  mysqlRequest,
  postgresqlRequest,
  sqlRequest,
} from "./refused-requests.ts";
import { rollingPercentile } from "./rolling-percentile.ts";
import { rowsNear } from "./rows-near.ts";
import { schemaMerge } from "./schema-merge.ts";
import { sequenceDetect } from "./sequence-detect.ts";
import { sessionCount } from "./session-count.ts";
import { slidingWindowCounts } from "./sliding-window-counts.ts";

/* Everything that a query may call behind `evaluate`. */

const plugins: readonly PluginDefinition[] = [
  activeUsersCount,
  activityCountsMetrics,
  activityEngagement,
  activityMetrics,
  bagUnpack,
  dcountIntersect,
  geoLineLookup,
  geoPolygonLookup,
  ipv4Lookup,
  ipv6Lookup,
  narrow,
  newActivityMetrics,
  pivot,
  python,
  r,
  csharp,
  executeQuery,
  executeShowCommand,
  externalDatatable,
  identity,
  identityV3,
  estimateRowsCount,
  preview,
  autocluster,
  basket,
  diffpatterns,
  diffpatternsText,
  sessionCount,
  funnelSequence,
  funnelSequenceCompletion,
  sqlRequest,
  mysqlRequest,
  postgresqlRequest,
  cosmosdbSqlRequest,
  azureDigitalTwinsQueryRequest,
  daxRequest,
  httpRequest,
  httpRequestPost,
  inferStorageSchema,
  inferStorageSchemaWithSuggestions,
  aiEmbeddings,
  aiEmbedText,
  aiChatCompletion,
  aiChatCompletionPrompt,
  rollingPercentile,
  rowsNear,
  schemaMerge,
  sequenceDetect,
  slidingWindowCounts,
];

const pluginsByName = byName(plugins);

/** Names are case-sensitive. */
export function pluginNamed(name: string): PluginDefinition | undefined {
  return pluginsByName.get(name);
}

export function pluginNames(): readonly string[] {
  return [...pluginsByName.keys()];
}

export function allPlugins(): readonly PluginDefinition[] {
  return plugins;
}
