import { type ColumnWords, together } from "./columns.ts";
import { record, unowned } from "./workspace.ts";

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
  string: "ActionName Category LogId OperationName OperationVersion RequestId ServiceName SessionId UserAgent",
});
const databricksText = together(databricks, { string: "Identity RequestParams Response SourceIPAddress" });
const databricksBags = together(databricks, { dynamic: "Identity RequestParams Response" });
const databricksBagsIP = together(databricksBags, { string: "SourceIPAddress" });
const databricksBagsIp = together(databricksBags, { string: "SourceIpAddress" });

const hdInsightLog = together(record, {
  string: "ClusterName CorrelationId HostName LogType Message OperationName",
});
const hdInsightLevelLog = together(hdInsightLog, { string: "LogLevel" });
const hdInsightTypedLog = together(hdInsightLevelLog, { string: "ClusterType" });

const synapseRun = together(record, {
  datetime: "Start",
  dynamic: "Annotations Parameters SystemParameters Tags UserProperties",
  string: "Category CorrelationId Level Location OperationName PipelineTenantId Status",
});

const synapseRole = together(record, {
  dynamic: "Identity Properties",
  string: `Category CorrelationId Location OperationName OperationVersion ResultDescription ResultSignature ResultType
    RoleAssignmentId`,
});

const synapseJob = together(record, { dynamic: "Identity Properties", string: "CorrelationId OperationName" });

const synapseSql = together(record, {
  string: "Category LogicalServerName OperationName RequestId ResourceGroup",
});
const synapseSqlStep = together(synapseSql, {
  datetime: "EndTime StartTime",
  int: "StepIndex",
  string: "ErrorId Status",
});

const explorer = together(record, {
  datetime: "LastUpdatedOn StartedOn",
  string: `ApplicationName Category CorrelationId DatabaseName Duration FailureReason Principal RootActivityId State
    Text TotalCPU User WorkloadGroup`,
});

const explorerQuery = together(explorer, {
  datetime: "ExtentsMaxDataScannedTime ExtentsMinDataScannedTime",
  dynamic: "TablesStatistics",
  int: "TableCount",
  long: `CacheDiskHits CacheDiskMisses CacheMemoryHits CacheMemoryMisses CacheShardsBypassBytes CacheShardsColdHits
    CacheShardsColdMisses CacheShardsHotHits CacheShardsHotMisses MemoryPeak ScannedExtentsCount ScannedRowsCount
    TotalExtentsCount TotalRowsCount`,
});

const tableUsage = together(record, {
  datetime: "MaxCreatedOn MinCreatedOn StartedOn",
  string: "ApplicationName CorrelationId DatabaseName Principal RootActivityId TableName User",
});

const factoryRun = together(record, {
  datetime: "Start",
  string: `Annotations Category CorrelationId ErrorCode ErrorMessage EventMessage Input Level Location OperationName
    Output ResourceId Status Tags UserProperties`,
});

const synapseGateway = together(record, {
  dynamic: "Identity",
  string: `Category CorrelationId Location OperationName OperationVersion RequestUri ResultDescription ResultSignature
    ResultType`,
});

const failedIngestion = together(record, {
  bool: "OriginatesFromUpdatePolicy ShouldRetry",
  datetime: "FailedOn",
  string: `Database Details ErrorCode FailureStatus IngestionSourceId IngestionSourcePath OperationId ResultType
    RootActivityId Table`,
});

const succeededIngestion = together(record, {
  datetime: "SucceededOn",
  string: "Database IngestionSourceId IngestionSourcePath OperationId ResultType RootActivityId Table",
});

const sqlScan = together(unowned, {
  string: `AgentId Computer DatabaseName ManagementGroupName ResourceGroup ResourceId ResourceProvider ResourceType
    ServerInstanceName ServerInstanceType ServerVersion SubscriptionId`,
});

const factoryActivity = together(factoryRun, {
  datetime: "End",
  int: "ActivityIterationCount",
  string: `ActivityName ActivityRunId ActivityType EffectiveIntegrationRuntime Error FailureType LinkedServiceName
    PipelineName PipelineRunId`,
});

const airflow = together(record, {
  string: "Category CorrelationId DataFactoryName IntegrationRuntimeName Message OperationName",
});

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
  FailedIngestion: failedIngestion,
  HDInsightAmbariClusterAlerts: together(record, {
    int: "AlertID DefinitionId Occurences RepeatTolerance RepeatToleranceRemaining",
    long: "LatestTimestamp OriginalTimestamp",
    string: `AlertFirmness AlertInstance ClusterName ClusterType ComponentName DefinitionName HostFQDN HostName Label
      MaintenanceState ReferenceURI Scope ServiceName State Text`,
  }),
  HDInsightGatewayAuditLogs: together(record, {
    real: "AccessRequestCount",
    string: "ClusterDnsName ErrorMessage Status UserName",
  }),
  HDInsightHBaseLogs: hdInsightTypedLog,
  HDInsightHadoopAndYarnLogs: hdInsightTypedLog,
  HDInsightHiveAndLLAPLogs: hdInsightTypedLog,
  HDInsightHiveQueryAppStats: together(record, {
    bool: "IsMapReduce IsTez",
    dynamic: "Tags",
    long: "QueryCompletionTime QuerySubmissionTime",
    real: "MetricValue",
    string: `ClientIpAddress ClusterName ClusterType CorrelationId Domain Entity EntityType ExecutionMode
      HiveInstanceType HostName MetricName OperationName Queue RequestUser SessionId TablesRead ThreadName User`,
  }),
  HDInsightJupyterNotebookEvents: together(record, {
    datetime: "Dim1",
    int: "Dim2 Dim3 Dim5",
    string: `ClusterDnsName ClusterTenantId Dim0 Dim10 Dim4 Dim6 Dim7 Dim8 Dim9 EventName Host IpAddress Region Role
      UserSubscriptionId`,
  }),
  HDInsightKafkaLogs: hdInsightLevelLog,
  HDInsightKafkaServerLog: together(record, {
    datetime: "FluentdIngestTimestamp",
    string: "ClusterDnsName ClusterType CorrelationId HostName Message",
  }),
  HDInsightOozieLogs: hdInsightTypedLog,
  HDInsightRangerAuditLogs: together(record, {
    int: "EventCount EventDurationMs Policy RepoType Result SequenceNumber",
    string: `AccessName Action AdditionalInfo CliIpAddress CliType ClusterName ClusterResource ClusterResourceType
      ClusterType CorrelationId Enforcer HostName Id LogType OperationName Repo RequestData RequestUser SessionId Tags`,
  }),
  HDInsightSecurityLogs: hdInsightLog,
  HDInsightSparkApplicationEvents: together(record, {
    datetime: "CompletionTime SubmissionTime",
    string: `AppAttemptId AppName ApplicationId ClusterDnsName ClusterTenantId Host IpAddress Region Role SparkUser
      UserSubscriptionId`,
  }),
  HDInsightSparkLogs: hdInsightLevelLog,
  HDInsightStormLogs: hdInsightLevelLog,
  SynapseIntegrationPipelineRuns: together(synapseRun, {
    datetime: "End",
    dynamic: "Predecessors",
    string: "PipelineName RunId",
  }),
  SynapseIntegrationTriggerRuns: together(synapseRun, { string: "TriggerEvent TriggerId TriggerName TriggerType" }),
  SynapseLinkEvent: together(record, {
    dynamic: "Properties",
    int: "Level",
    string: "LinkConnectionName Location OperationName",
  }),
  SynapseRBACEvents: synapseRole,
  SynapseRbacOperations: synapseRole,
  SynapseScopePoolScopeJobsEnded: synapseJob,
  SynapseScopePoolScopeJobsStateChange: synapseJob,
  SynapseSqlPoolDmsWorkers: together(synapseSqlStep, {
    int: "BytesProcessed CpuTime DistributionId DmsCpuId DmsStepIndex PdwNodeId RowsProcessed SqlSpId",
    string: "DestinationInfo SourceInfo",
  }),
  SynapseSqlPoolExecRequests: together(synapseSql, {
    datetime: "EndCompileTime EndTime StartTime SubmitTime",
    int: "ScopeDepth",
    string: `ClassifierName ClientCorrelationId Command DatabaseId ErrorId ExplainOutput Importance Label
      ResourceAllocationPercent ResourceClass ResultCacheHit RootQueryId SessionId StatementType Status`,
  }),
  SynapseSqlPoolRequestSteps: together(synapseSqlStep, {
    datetime: "EndCompileTime",
    int: "RowCount",
    string: "Command DistributionType LocationType OperationType",
  }),
  SynapseSqlPoolSqlRequests: together(synapseSqlStep, {
    int: "DistributionId PdwNodeId RowCount SpId",
    string: "Command",
  }),
  SynapseSqlPoolWaits: together(synapseSql, { int: "Priority", string: "LockType SessionId State" }),
  SqlAtpStatus: together(unowned, {
    datetime: "AgentStartTime SqlInstanceStartTime",
    string: `AgentId ClientIP Computer HostResourceId IntelligencePackVersion LastError MachineUUID SqlInstanceName
      SqlInstanceVersion Status`,
  }),
  SqlDataClassification: together(sqlScan, {
    datetime: "ScanStartTime",
    int: "ColumnsCount TablesCount",
    string: `ColumnName ColumnType InformationType InformationTypeId Label LabelId Rank RecordType SchemaName
      TableName`,
  }),
  SqlVulnerabilityAssessmentResult: together(sqlScan, {
    string: `ActualResult BenchmarkReferences Category CheckId Description Impact Query Remediation RemediationScripts
      Risk ScanId Status Title`,
  }),
  SqlVulnerabilityAssessmentScanStatus: together(record, {
    string: "AgentId Computer DatabaseName ScanId ServerInstanceName ServerVersion Status",
  }),
  SucceededIngestion: succeededIngestion,
  SynapseBigDataPoolApplicationsEnded: together(synapseJob, { string: "Category" }),
  SynapseBuiltinSqlPoolRequestsEnded: together(synapseJob, {
    int: "DurationMs ErrorCode",
    string: "Category ResultType",
  }),
  SynapseDXCommand: together(explorer, { dynamic: "ResourceUtilization", string: "CommandType" }),
  SynapseDXFailedIngestion: failedIngestion,
  SynapseDXQuery: explorerQuery,
  SynapseDXSucceededIngestion: succeededIngestion,
  SynapseDXTableUsageStatistics: tableUsage,
  SynapseGatewayApiRequests: together(synapseGateway, { string: "ClientCorrelationId" }),
  SynapseGatewayEvents: synapseGateway,
  SynapseIntegrationActivityRuns: together(record, {
    datetime: "End Start",
    dynamic: "Annotations Tags UserProperties",
    string: `ActivityName ActivityRunId ActivityType Category CorrelationId EffectiveIntegrationRuntime Level Location
      OperationName PipelineName PipelineRunId Status`,
  }),
  VCoreMongoRequests: together(record, {
    int: "ErrorCode",
    real: "DurationMs RequestLength ResponseLength",
    string: `ActivityId ClientIp ClusterName CollectionName DatabaseName OperationName PiiCommandText RegionName
      UserAgent UserId`,
  }),
  ADFSSISIntegrationRuntimeLogs: together(record, {
    string: "Category CorrelationId DataFactoryName IntegrationRuntimeName Level Message OperationName ResultType",
  }),
  ADFSandboxActivityRun: factoryActivity,
  ADFSandboxPipelineRun: together(factoryRun, {
    datetime: "End",
    string: "FailureType Parameters PipelineName Predecessors RunId SystemParameters",
  }),
  ADFTriggerRun: together(factoryRun, {
    string: "Parameters SystemParameters TriggerEvent TriggerFailureType TriggerId TriggerName TriggerType",
  }),
  ADXCommand: together(explorer, { dynamic: "ResourceUtilization", string: "CommandType OperationName" }),
  ADXJournal: together(record, {
    datetime: "OperationTimestamp",
    string: `ChangeCommand CorrelationId DatabaseName EntityContainerName EntityName EntityVersion Event
      OriginalEntityState OriginalEntityVersion Principal RootActivityId UpdatedEntityName UpdatedEntityState User`,
  }),
  ADXQuery: together(explorerQuery, { string: "ComponentFault OperationName" }),
  ADXTableUsageStatistics: together(tableUsage, { string: "OperationName" }),
  ADFActivityRun: factoryActivity,
  ADFAirflowSchedulerLogs: airflow,
  ADFAirflowTaskLogs: together(airflow, { string: "DagId TaskId" }),
  ADFAirflowWebLogs: airflow,
  ADFAirflowWorkerLogs: airflow,
  AirflowDagProcessingLogs: airflow,
  CassandraAudit: together(record, {
    string: "BatchId ClientIP ClientPort ClusterName CoordinatorIP ExternalUserId Operation OperationNaked Status User",
  }),
};
