import type { PluginDefinition } from "../plugin.ts";
import { refused } from "./refused.ts";

const remote = "it asks a server, and kqlite reads local tables: export the rows and give them as a table";
const suggestions =
  "Kusto does not document when it suggests another type: `infer_storage_schema` gives the types that are there";
const model = "it asks a language model over the network";

export const sqlRequest: PluginDefinition = refused("sql_request", "Rows of a SQL query.", remote);

export const mysqlRequest: PluginDefinition = refused("mysql_request", "Rows of a MySQL query.", remote);

export const postgresqlRequest: PluginDefinition = refused("postgresql_request", "Rows of a PostgreSQL query.", remote);

export const cosmosdbSqlRequest: PluginDefinition = refused(
  "cosmosdb_sql_request",
  "Rows of a Cosmos DB query.",
  remote,
);

export const azureDigitalTwinsQueryRequest: PluginDefinition = refused(
  "azure_digital_twins_query_request",
  "Rows of an Azure Digital Twins query.",
  remote,
);

export const daxRequest: PluginDefinition = refused("dax_request", "Rows of a DAX query.", remote, "evaluate-operator");

export const httpRequest: PluginDefinition = refused("http_request", "The answer of an HTTP server to a GET.", remote);

export const httpRequestPost: PluginDefinition = refused(
  "http_request_post",
  "The answer of an HTTP server to a POST.",
  remote,
);

export const inferStorageSchemaWithSuggestions: PluginDefinition = refused(
  "infer_storage_schema_with_suggestions",
  "The schema of files in Azure storage, with the types that would fit.",
  suggestions,
);

export const aiEmbeddings: PluginDefinition = refused("ai_embeddings", "Embeddings of texts.", model);

export const aiEmbedText: PluginDefinition = refused("ai_embed_text", "Embeddings of texts.", model);

export const aiChatCompletion: PluginDefinition = refused("ai_chat_completion", "Answers of a language model.", model);

export const aiChatCompletionPrompt: PluginDefinition = refused(
  "ai_chat_completion_prompt",
  "Answers of a language model.",
  model,
);
