import { type ColumnWords, together } from "./columns.ts";
import { record, unowned } from "./workspace.ts";

/*
 * Tables that say how resources and machines are doing.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables-category
 */

const farm = together(record, {
  real: "DurationMs",
  string: `ApplicationId Category ClientTenantId CorrelationId FarmerId Level Location ObjectId OperationName
    ResultDescription ResultType`,
});
const farmRequest = together(farm, {
  dynamic: "RequestBody",
  int: "ResultSignature",
  string: "CallerIpAddress DataPlaneResourceId RequestUri",
});

const ingestionBatch = together(record, {
  datetime: "SourceCreationTime",
  int: "DataSourcesInBatch",
  long: "BatchSizeBytes",
  real: "BatchTimeSeconds",
  string: "BatchingType Database RootActivityId Table",
});

const tableDetails = together(record, {
  datetime: "MaxExtentsCreationTime MinExtentsCreationTime",
  dynamic: "CachingPolicy RetentionPolicy",
  long: "HotExtentCount HotOriginalSize HotRowCount TotalExtentCount TotalRowCount",
  real: "HotExtentSize TotalExtentSize TotalOriginalSize",
  string: "CachingPolicyOrigin CorrelationId DatabaseName RetentionPolicyOrigin TableName",
});

const destination = together(record, {
  int: "DestinationPort",
  string: `ConnectionMonitorResourceId DestinationAddress DestinationAgentId DestinationIP DestinationName
    DestinationResourceId DestinationSubnet DestinationType Protocol RecordId TestConfigurationName TestGroupName`,
});
const connection = together(destination, {
  int: "ChecksFailed ChecksTotal",
  string: "SourceAddress SourceAgentId SourceIP SourceName SourceResourceId SourceSubnet SourceType",
});
const roundTrip = together(connection, {
  int: "ChecksFailedPercentThreshold",
  real: "AvgRoundTripTimeMs JitterMs MaxRoundTripTimeMs MinRoundTripTimeMs RoundTripTimeMsThreshold",
  string: "AdditionalData",
});

const metric = together(record, {
  real: "MetricValue",
  string: "ClusterName CorrelationId HostName MetricName OperationName",
});
const typedMetric = together(metric, { dynamic: "Tags", string: "ClusterType MetricNamespace" });

const spark = together(record, {
  string: "ApplicationId ClusterDnsName ClusterTenantId Host IpAddress Region Role UserSubscriptionId",
});

const fabric = together(unowned, {
  int: "EventId Pid Tid",
  string: `ApplicationName ApplicationTypeName AzureDeploymentID ChannelName Computer EventMessage EventSourceName
    Exception KeywordName Level OpcodeName PartitionId ProviderGuid Role ServiceName ServiceTypeName TaskName`,
});

const integrationPackage = together(record, {
  string: "Category CorrelationId DataFactoryName IntegrationRuntimeName Level OperationName",
});

export const monitoringTables: Readonly<Record<string, ColumnWords>> = {
  ADFSSISPackageEventMessageContext: together(integrationPackage, {
    dynamic: "PropertyValue",
    int: "ContextDepth ContextType",
    long: "OperationId",
    string: "ContextSourceId ContextSourceName PackagePath PropertyName",
  }),
  ADFSSISPackageEventMessages: together(integrationPackage, {
    datetime: "MessageTime",
    int: "MessageCode MessageSourceType MessageType ThreadId",
    long: "ExtendedInfoId OperationId",
    string: `EventMessageGuid EventName ExecutionPath Message MessageSourceId MessageSourceName PackageName PackagePath
      SubcomponentName`,
  }),
  ADFSSISPackageExecutableStatistics: together(integrationPackage, {
    datetime: "EndTime StartTime",
    dynamic: "ExecutionValue",
    int: "ExecutionDuration ExecutionResult",
    long: "ExecutionId",
    string: "ExecutionPath",
  }),
  ADFSSISPackageExecutionComponentPhases: together(integrationPackage, {
    datetime: "EndTime StartTime",
    long: "ExecutionId",
    string: "ExecutionPath PackageName Phase SubcomponentName TaskName",
  }),
  ADFSSISPackageExecutionDataStatistics: together(integrationPackage, {
    datetime: "CreatedTime",
    long: "ExecutionId RowsSent",
    string: `DataflowPathIdString DataflowPathName DestinationComponentName ExecutionPath PackageName
      SourceComponentName TaskName`,
  }),
  ADXIngestionBatching: ingestionBatch,
  ADXTableDetails: together(tableDetails, { string: "EntityType OperationName" }),
  ALBHealthEvent: together(record, {
    string: "Description FrontendIP HealthEventType LoadBalancerResourceId Severity operationName",
  }),
  AMSLiveEventOperations: together(record, { dynamic: "Properties", string: "Level Location OperationName" }),
  AMSMediaAccountHealth: together(record, { string: "EventCode EventMessage Level Location OperationName" }),
  AMWMetricsUsageDetails: together(record, {
    datetime: "EndTime StartTime",
    int: "DaysSinceMetricQueried NumberOfQueries",
    long: "DailyTimeseriesCount IncomingEventsCount IngestedSamplesCount",
    string: "AMWResourceName DimensionsList MetricName MetricNamespace",
  }),
  AOIDigestion: together(record, { string: "Datatype FilePath Level Message" }),
  AgriFoodFarmManagementLogs: farmRequest,
  AgriFoodFarmOperationLogs: farmRequest,
  AgriFoodInsightLogs: farmRequest,
  AgriFoodJobProcessedLogs: together(farm, { dynamic: "Properties", string: "InitiatedBy JobId JobRunType" }),
  AgriFoodModelInferenceLogs: farmRequest,
  AgriFoodProviderAuthLogs: farmRequest,
  AgriFoodSatelliteLogs: farmRequest,
  AgriFoodSensorManagementLogs: farmRequest,
  AgriFoodWeatherLogs: farmRequest,
  AmlComputeCpuGpuUtilization: together(record, {
    string: `CallerIpAddress ClusterName CorrelationId DeviceId DeviceType DurationMs Identity Level Location MetricName
      NodeId OperationName OperationVersion ResultDescription ResultSignature ResultType RunId Utilization WorkspaceId
      WorkspaceName`,
  }),
  AutoscaleEvaluationsLog: together(record, {
    bool: "ProfileSelected ShouldUpdateInstance SkipCurrentAutoscaleEvaluation SkipRuleEvaluationForCooldown",
    datetime: "EvaluationTime LastScaleActionTime MetricEndTime MetricStartTime ProfileEvaluationTime",
    int: `CoolDown CurrentInstanceCount DefaultInstanceCount MaximumInstanceCount MinimumInstanceCount
      NewInstanceCount`,
    real: "ObservedValue Projection Threshold",
    string: `AutoscaleMetricName AvailabilitySet Category CloudServiceName CloudServiceRole CorrelationId DeploymentSlot
      EstimateScaleResult EvaluationResult InstanceUpdateReason LastScaleActionOperationId
      LastScaleActionOperationStatus MetricData MetricNamespace MetricTimeGrain OperationName Operator Profile
      ResourceId ResultDescription ResultType SelectedAutoscaleProfile ServerFarm TargetResourceId TimeAggregationType
      TimeGrainStatistic TimeWindow Webspace`,
  }),
  DHDriverReliability: together(unowned, {
    datetime: "DeviceLastSeenTime",
    int: "DriverKernelModeCrashCount",
    real: "DriverPercentCrashFreeDevicesForIndustry",
    string: "Computer ComputerID DriverName DriverVendor DriverVersion HardwareType",
  }),
  DHOSCrashData: together(unowned, {
    int: "KernelModeCrashCount",
    string: "Computer ComputerID DriverName DriverVersion KernelModeCrashBugCheckCode KernelModeCrashFailureId",
  }),
  DHOSReliability: together(unowned, {
    datetime: "DeviceLastSeenTime",
    int: "AbnormalShutdownCount KernelModeCrashCount OSBuildNumber OSRevisionNumber",
    real: "KernelModeCrashFreePercentForIndustry",
    string: `Computer ComputerID ConfigMgrClientID Country Manufacturer Model ModelFamily OSArchitecture OSEdition
      OSVersion`,
  }),
  HDInsightHBaseMetrics: typedMetric,
  HDInsightHadoopAndYarnMetrics: typedMetric,
  HDInsightHiveAndLLAPMetrics: typedMetric,
  HDInsightKafkaMetrics: together(metric, { string: "MetricDataType MetricNamespace Tags" }),
  HDInsightSparkBlockManagerEvents: together(spark, {
    datetime: "AddedTime RemovedTime",
    long: "MaxMemory MaxOffHeapMemory MaxOnHeapMemory",
    string: "BlockHost BlockManagerHost ExecutorId",
  }),
  HDInsightSparkEnvironmentEvents: together(spark, {
    int: "SparkExecutorCores SparkExecutorInstances YarnMaxAttempts",
    string: "SparkDeployMode SparkExecutorMemory SparkMaster YarnQueue YarnTags",
  }),
  HDInsightSparkExecutorEvents: together(spark, {
    datetime: "AddedTime RemovedTime",
    int: "ExecutorCores",
    string: "ExecutorHost ExecutorId RemovedReason",
  }),
  HDInsightSparkExtraEvents: together(spark, { string: "EventJson" }),
  HDInsightSparkJobEvents: together(spark, {
    datetime: "CompletionTime SubmissionTime",
    string: "JobId JobResult StageIds",
  }),
  HDInsightSparkSQLExecutionEvents: together(spark, {
    datetime: "EndTime StartTime",
    string: "ExecutionId PhysicalPlanDescription SparkPlanInfo",
  }),
  HDInsightSparkStageEvents: together(spark, {
    datetime: "CompletionTime SubmissionTime",
    int: "TaskCount",
    string: "AttemptId Details FailureReason RDDInfo StageId StageName",
  }),
  HDInsightSparkStageTaskAccumulables: together(spark, {
    long: "MetricValue",
    string: "Entity EntityId MetricId MetricName ParentId",
  }),
  HDInsightStormMetrics: together(metric, { string: "MetricDataType MetricNamespace" }),
  HealthStateChangeEvent: together(record, {
    datetime: "CurrentStateFirstObservedTimestamp EvaluationTimestamp ImpactStartTimestamp",
    dynamic: "Evidence InstrumentationData MonitorConfiguration",
    string: `CurrentMonitorState MonitorName MonitorResourceId MonitorType MonitoredObject ParentMonitorName
      PreviousMonitorState`,
  }),
  MCCEventLogs: together(record, {
    int: "Hits Misses",
    real: "EgressMbps HitMbps HitRatioMbps MissMbps",
    string: "CacheNodeId",
  }),
  MicrosoftDynamicsTelemetrySystemMetricsLogs: together(record, {
    string: "Category EnvironmentId EventName Role RoleInstance",
  }),
  NWConnectionMonitorDNSResult: together(connection, {
    int: "ResponseRecordCount",
    string: `DomainName ResponseRecordType ResponseRecords TestResult TestResultCriterion ValidationChecks
      ValidationIssues`,
  }),
  NWConnectionMonitorDestinationListenerResult: together(destination, { string: "Issues ListeningOutcome" }),
  NWConnectionMonitorPathResult: together(roundTrip, {
    string: `HopAddresses HopLinkTypes HopResourceIds HopTypes Hops Issues PathTestResult PathTestResultCriterion
      TopologyId`,
  }),
  NWConnectionMonitorTestResult: together(roundTrip, { string: "TestResult TestResultCriterion" }),
  OEPAirFlowTask: together(record, {
    string: `AdditionalLogContent Category CodePath Content CorrelationId DagName DagTaskName Location LogLevel
      OperationName RunId TryNumber`,
  }),
  OEPElasticOperator: together(record, { string: "Category Content Location Namespace OperationName" }),
  OEPElasticsearch: together(record, {
    string: "Category Content Duration Location Namespace OperationName PodName Source TotalHits",
  }),
  ServiceFabricReliableActorEvent: together(fabric, {
    bool: "IsStateful",
    int: "ActorIdKind",
    long: `CountOfWaitingMethodCalls MethodExecutionTimeTicks ReplicaId ReplicaOrInstanceId
      SaveStateExecutionTimeTicks`,
    string: "ActorId ActorType MethodName MethodSignature NodeId NodeName",
  }),
  ServiceFabricReliableServiceEvent: together(fabric, {
    bool: "WasCanceled",
    long: "InstanceId ReplicaId",
    real: "ActualCancellationTimeMillis SlowCancellationTimeMillis",
  }),
  SynapseDXIngestionBatching: ingestionBatch,
  SynapseDXTableDetails: tableDetails,
  WaaSInsiderStatus: together(unowned, {
    datetime: "LastScan",
    int: "OSRevisionNumber",
    string: "Computer ComputerID OSArchitecture OSBuild OSEdition OSFamily OSName OSVersion",
  }),
  WaaSUpdateStatus: together(unowned, {
    datetime: "LastScan",
    int: "FeatureDeferralDays FeaturePauseDays OSRevisionNumber QualityDeferralDays QualityPauseDays",
    string: `Computer ComputerID DownloadMode FeaturePauseState NeedAttentionStatus OSArchitecture OSBuild
      OSCurrentStatus OSEdition OSFamily OSFeatureUpdateStatus OSName OSQualityUpdateStatus OSSecurityUpdateStatus
      OSServicingBranch OSVersion QualityPauseState`,
  }),
  WorkloadDiagnosticLogs: together(unowned, { dynamic: "Tags", string: "Category Computer Message Status" }),
  WorkloadMonitoringPerf: together(unowned, {
    real: "PerfCounterValue",
    string: `Computer CounterName InstanceName IsSystemDisk LogicalDisk MemoryInstance NetworkAdapter ObjectName
      PhysicalDisk ProcessorInformation ProcessorInstance SecureChannel ServiceName`,
  }),
};
