import { type ColumnWords, together } from "./columns.ts";
import { record } from "./workspace.ts";

/* Tables of Azure's databases. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

const cosmos = together(record, { string: "AccountName RegionName" });

const cosmosRequest = together(cosmos, {
  real: "DurationMs RequestCharge RequestLength ResponseLength",
  string: "ActivityId Address AuthorizationTokenType ErrorCode OperationName PIICommandText UserAgent",
});

const cosmosCollectionRequest = together(cosmosRequest, {
  bool: "RetriedDueToRateLimiting",
  int: "RetryCount",
  real: "RateLimitingDelayMs",
  string: "CollectionName DatabaseName",
});

const databricks = together(record, {
  string: `ActionName Category LogId OperationName OperationVersion RequestId ServiceName SessionId UserAgent`,
});
const databricksText = together(databricks, { string: "Identity RequestParams Response SourceIPAddress" });
const databricksBags = together(databricks, { dynamic: "Identity RequestParams Response" });
const databricksBagsIP = together(databricksBags, { string: "SourceIPAddress" });
const databricksBagsIp = together(databricksBags, { string: "SourceIpAddress" });

export const databaseTables: Readonly<Record<string, ColumnWords>> = {
  CDBCassandraRequests: cosmosCollectionRequest,
  CDBControlPlaneRequests: together(cosmos, {
    bool: `EnableAutomaticFailover EnableCassandraRequestsTrace EnableControlPlaneRequestsTrace
      EnableDataPlaneRequestsTrace EnableGremlinRequestsTrace EnableMongoRequestsTrace EnablePrivateEndpointConnection
      EnableVirtualNetworkFilter IsServiceManagedFailover MultipleWriteLocations SqlQueryTextTraceType`,
    int: "HttpStatusCode",
    real: "BackupIntervalInMinutes BackupRetentionIntervalInHours DurationMs MaxStalenessIntervalInSeconds",
    string: `AcledSubnets ActivityId ApiKind ApiKindResourceType AssociatedRoleDefinitionId Cors CurrentWriteRegion
      DefaultConsistencyLevel HttpMethod IpRangeFilter MaxStalenessPrefix NewWriteRegion OperationName OperationType
      PrivateEndpointArmUrl PrivateEndpointConnections ResourceDetails ResourceUri Result RoleAssignmentId
      RoleAssignmentPrincipalId RoleAssignmentPrincipalType RoleAssignmentScope RoleDefinitionAssignableScopes
      RoleDefinitionId RoleDefinitionName RoleDefinitionPermissions RoleDefinitionType VirtualNetworkName
      VirtualNetworkResourceEntries VnetArmUrl VnetDatabaseAccountEntries VnetLocation VnetResourceGroupName`,
  }),
  CDBDataPlaneRequests: together(cosmos, {
    int: "StatusCode",
    real: "DurationMs RequestCharge RequestLength ResponseLength",
    string: `AadAppliedRoleAssignmentId AadPrincipalId ActivityId AuthTokenType ClientIpAddress CollectionName
      ConnectionMode DatabaseName KeyType OperationName PartitionId RequestResourceId RequestResourceType
      ResourceTokenPermissionId ResourceTokenPermissionMode ResourceTokenUserRid UserAgent`,
  }),
  CDBGremlinRequests: cosmosCollectionRequest,
  CDBMongoRequests: together(cosmosCollectionRequest, { string: "OpCode UserId" }),
  CDBPartitionKeyRUConsumption: together(cosmos, {
    real: "RequestCharge",
    string: "ActivityId CollectionName DatabaseName OperationName PartitionKey PartitionKeyRangeId",
  }),
  CDBPartitionKeyStatistics: together(cosmos, { int: "SizeKb", string: "CollectionName DatabaseName PartitionKey" }),
  CDBQueryRuntimeStatistics: together(cosmos, {
    string: "ActivityId CollectionName DatabaseName PartitionKeyRangeId QueryText",
  }),
  CDBTableApiRequests: together(cosmosRequest, { string: "ClientRequestId TableName" }),
  DatabricksAccounts: databricksText,
  DatabricksBrickStoreHttpGateway: databricksBagsIp,
  DatabricksCapsule8Dataplane: databricksBagsIP,
  DatabricksClamAVScan: databricksBagsIP,
  DatabricksCloudStorageMetadata: databricksBagsIp,
  DatabricksClusterLibraries: databricksBagsIP,
  DatabricksClusters: databricksText,
  DatabricksDBFS: databricksText,
  DatabricksDashboards: databricksBagsIp,
  DatabricksDataMonitoring: databricksBagsIp,
  DatabricksDatabricksSQL: databricksText,
  DatabricksDeltaPipelines: databricksText,
  DatabricksFeatureStore: databricksText,
  DatabricksFilesystem: databricksBagsIp,
  DatabricksGenie: databricksText,
  DatabricksGitCredentials: databricksBagsIP,
  DatabricksGlobalInitScripts: databricksText,
  DatabricksIAMRole: databricksText,
  DatabricksIngestion: databricksBagsIp,
  DatabricksInstancePools: databricksText,
  DatabricksJobs: databricksText,
  DatabricksLineageTracking: databricksBagsIp,
  DatabricksMLflowAcledArtifact: databricksText,
  DatabricksMLflowExperiment: databricksText,
  DatabricksMarketplaceConsumer: databricksBagsIp,
  DatabricksModelRegistry: databricksText,
  DatabricksNotebook: databricksText,
  DatabricksPartnerHub: databricksBagsIP,
  DatabricksPredictiveOptimization: databricksBagsIp,
  DatabricksRemoteHistoryService: databricksText,
  DatabricksRepos: databricksText,
  DatabricksSQL: databricksText,
  DatabricksSQLPermissions: databricksText,
  DatabricksSSH: databricksText,
  DatabricksSecrets: databricksText,
  DatabricksServerlessRealTimeInference: databricksBagsIP,
  DatabricksUnityCatalog: databricksText,
  DatabricksWebTerminal: databricksBagsIP,
  DatabricksWorkspace: databricksText,
  DatabricksWorkspaceLogs: databricksBagsIp,
};
