import { type ColumnWords, together } from "./columns.ts";
import { record, unowned } from "./workspace.ts";

/* Tables of further resources of Azure. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

const customerInsights = together(record, {
  long: "DurationMs",
  string: `Audience CallerIPAddress CallerObjectId Category Claims CorrelationId EventType InstanceId Level Method
    OperationName OperationStatus Origin Path RequiredRoles ResultSignature ResultType Uri UserAgent UserPrincipalName
    UserRole`,
});

const mqtt = together(record, {
  string: "ClientIdentity OperationName Protocol SessionName",
});

const nexus = together(record, { string: "ClusterManagerName ClusterName Location Message Node" });

const fabricUpdate = together(record, {
  dynamic: "Properties",
  long: "DeviceTime",
  string: "DeviceId EventCategory EventName FabricId",
});

const dataShareSnapshot = together(record, {
  string: `Category CorrelationId DataSetMappingType DataSetName DataSetType DetailMessage EndTime FilesRead FilesWritten
    OperationName SizeRead SizeWritten StartTime Status TriggerType`,
});

export const azureTables: Readonly<Record<string, ColumnWords>> = {
  CCFApplicationLogs: together(record, { int: "LineNumber", string: "File Level Location Message" }),
  CHSMManagementAuditLogs: together(record, {
    dynamic: "AdditionalFields",
    string: `CommandType Location LogType MemberId Opcode OperationId OperationName RebootCounter Response SchemaVersion
      SequenceNo SessionHandle UserId Version`,
  }),
  CIEventsAudit: customerInsights,
  CIEventsOperational: together(customerInsights, {
    datetime: "EndTime StartTime SubmittedTime",
    int: "TasksCount",
    string: `AdditionalInformation Error FriendlyName Identifier OperationType SubmittedBy WorkflowJobId WorkflowStatus
      WorkflowSubmissionKind WorkflowType`,
  }),
  ChaosStudioExperimentEventLogs: together(record, {
    string: "Action Branch CorrelationId Error Location OperationName SeverityLevel SpanType Status Step Target",
  }),
  CoreAzureBackup: together(record, {
    bool: "IsArchiveEnabled",
    datetime: `ArchiveTierLatestRecoveryPointTime ArchiveTierOldestRecoveryPointTime LatestRecoveryPointTime
      OldestRecoveryPointTime`,
    dynamic: "ExtendedProperties",
    real: "ArchiveTierStorageConsumedInMBs BackupItemFrontEndSize StorageConsumedInMBs",
    string: `AgentVersion ArchiveTierLatestRecoveryPointLocation ArchiveTierOldestRecoveryPointLocation
      ArchiveTierStorageReplicationType AzureBackupAgentVersion AzureDataCenter BackupItemAppVersion
      BackupItemFriendlyName BackupItemId BackupItemName BackupItemProtectionState BackupItemType BackupItemUniqueId
      BackupManagementServerName BackupManagementServerOSVersion BackupManagementServerType
      BackupManagementServerUniqueId BackupManagementServerVersion BackupManagementType BillingGroupFriendlyName
      BillingGroupUniqueId Category DatasourceFriendlyName DatasourceResourceGroupName DatasourceResourceId
      DatasourceSetFriendlyName DatasourceSetResourceId DatasourceSetType DatasourceSubscriptionId DatasourceType
      LatestRecoveryPointLocation OldestRecoveryPointLocation OperationName PolicyId PolicyName PolicyUniqueId
      ProtectedContainerFriendlyName ProtectedContainerLocation ProtectedContainerName ProtectedContainerOSType
      ProtectedContainerOSVersion ProtectedContainerProtectionState ProtectedContainerType ProtectedContainerUniqueId
      ProtectedContainerWorkloadType ProtectionGroupName ResourceGroupName ResourceId SchemaVersion
      SecondaryBackupProtectionState State StorageReplicationType SubscriptionId VaultName VaultTags VaultType
      VaultUniqueId`,
  }),
  DCRLogErrors: together(record, { string: "ClientRequestId CorrelationId InputStreamId Message OperationName" }),
  DCRLogTroubleshooting: together(record, {
    string: "ClientRequestId CorrelationId InputStreamId Message OperationName",
  }),
  DataTransferOperations: together(record, {
    datetime: "ObjectLastUpdated",
    string: "CorrelationId Description FlowId ObjectName Status",
  }),
  DevCenterBillingEventLogs: together(record, {
    bool: "IsOverMonthlyBillingCap",
    datetime: "EndTime StartTime",
    real: "Quantity",
    string: `BilledResourceId BillingRegion MeterId OperationName Sku UnitType UsageResourceName UsageResourceUniqueId
      UsageType UserId`,
  }),
  DevCenterDiagnosticLogs: together(record, {
    string: "CallerIdentity CorrelationId OperationName OperationResult ResponseCode TargetResourceId",
  }),
  DevCenterResourceOperationLogs: together(record, {
    dynamic: "AdditionalProperties",
    string: "CorrelationId Message OperationName Region SubResourceId",
  }),
  DNSQueryLogs: together(record, {
    dynamic: "AdditionalRecords Answer Authority",
    int: "DestinationPort QueryResponseTime ResponseCode SourcePort",
    string: `DestinationIpAddress DnsForwardingRulesetDomain DnsForwardingRulesetId OperationName
      PrivateResolverEndpointId QueryClass QueryName QueryType Region ResolutionPath ResolverPolicyDomainListId
      ResolverPolicyId ResolverPolicyRuleAction SourceIpAddress Transport Version VirtualNetworkId`,
  }),
  DSMAzureBlobStorageLogs: together(unowned, {
    datetime: "AggregationLastEventTime",
    long: "AggregationCount SumResponseBodySize",
    string: `AccountName AuthenticationHash AuthenticationType CallerIpAddress Category CorrelationId Location
      OperationName RequesterAppId RequesterObjectId RequesterTenantId RequesterUpn ResourceGroup ResourceSubscriptionId
      StatusCode Uri UserAgentHeader`,
  }),
  DSMDataClassificationLogs: together(unowned, {
    datetime: "AssetLastScanTime",
    dynamic: "ClassificationDetails Classifications",
    string: "AssetType CorrelationId SourceType Uri",
  }),
  DSMDataLabelingLogs: together(unowned, {
    datetime: "AssetLastScanTime",
    string: "CorrelationId SensitivityLabelName Uri",
  }),
  EGNFailedMqttConnections: together(mqtt, {
    string: "AuthenticationType ClientIdentitySource ResultDescription ResultSignature",
  }),
  EGNFailedMqttPublishedMessages: together(mqtt, { int: "Qos", string: "ResultDescription ResultSignature TopicName" }),
  EGNFailedMqttSubscriptions: together(record, {
    string: "OperationName ResultDescription ResultSignature TopicFilters",
  }),
  EGNMqttDisconnections: together(mqtt, { string: "ResultDescription ResultSignature" }),
  EGNSuccessfulMqttConnections: together(mqtt, { string: "AuthenticationType ClientIdentitySource" }),
  FunctionAppLogs: together(record, {
    int: "EventId LevelId ProcessId",
    string: `ActivityId AppName Category EventName ExceptionDetails ExceptionMessage ExceptionType FunctionInvocationId
      FunctionName HostInstanceId HostVersion Level Location Message RoleInstance`,
  }),
  IoTHubDistributedTracing: together(record, {
    bool: "IsRoutingEnabled",
    datetime: "CallerLocalTimeUtc",
    int: "DurationMs MessageSize ResultSignature TraceFlags",
    string: `Category DependencyType EventKind InstanceId Level Location OperationName ParentId ResourceSubName
      ResultDescription ResultType SpanId TraceId Uri`,
  }),
  LASummaryLogs: together(record, {
    datetime: "BinStartTime RuleLastModifiedTime",
    int: "BinSize",
    long: "QueryDurationMs ResultsRecordCount",
    string: "Message RuleName Status",
  }),
  LogicAppWorkflowRuntime: together(record, {
    datetime: "EndTime StartTime",
    string: `ActionName ActionTrackingId ClientKeywords ClientTrackingId Code Error Location OperationName OriginRunId
      RetryHistory RunId Status Tags TrackedProperties TriggerName WorkflowId WorkflowName`,
  }),
  MCVPAuditLogs: together(record, {
    string: `CallerAccessLevels CallerIdentities CallerIpAddress OperationAccessLevel OperationCategories
      OperationCategoryDescription OperationName OperationResult OperationResultDescription SpanId TraceId`,
  }),
  MCVPOperationLogs: together(record, {
    string: "DeviceName Message OperationName SeverityText SpanId TraceId VehicleId",
  }),
  MNFDeviceUpdates: fabricUpdate,
  MNFSystemSessionHistoryUpdates: together(record, {
    long: "DiffTimeStamp GnmiTimeStamp SessionUpdateSize SessionUpdateTimeStamp",
    string: "DeviceId DeviceName EventCategory FabricId SessionDiffs SessionUpdateSessionId SessionUpdateUser",
  }),
  MNFSystemStateMessageUpdates: fabricUpdate,
  MicrosoftAzureBastionAuditLogs: together(record, {
    datetime: "SessionStartTime Time",
    int: "ClientPort Duration",
    string: `ClientIpAddress Location Message OperationName Protocol ResourceType SessionEndTime TargetResourceId
      TargetVMIPAddress TunnelId UserAgent UserEmail UserName`,
  }),
  MicrosoftDataShareReceivedSnapshotLog: dataShareSnapshot,
  MicrosoftDataShareSentSnapshotLog: dataShareSnapshot,
  MicrosoftDataShareShareLog: together(record, { string: "Category OperationName" }),
  MicrosoftHealthcareApisAuditLogs: together(record, {
    dynamic: "CallerIdentity Properties",
    int: "OperationDuration StatusCode",
    string: `CallerIPAddress CallerIdentityIssuer CallerIdentityObjectId CorrelationId FhirResourceType Location
      LogCategory OperationName RequestUri ResultType`,
  }),
  NCBMBreakGlassAuditLogs: together(nexus, { int: "ProcessId", string: "Log Mode User" }),
  NCBMSecurityDefenderLogs: together(nexus, {
    string: "ComponentName ComponentVersion ContainerName LogType NamespaceName PodName Severity",
  }),
  NCBMSecurityLogs: together(nexus, { int: "ProcessId", string: "Facility ProcessName Severity" }),
  NCBMSystemLogs: together(nexus, { int: "ProcessId", string: "Facility ProcessName Severity" }),
  NCCKubernetesLogs: together(nexus, { string: "ContainerName NamespaceName PodName Severity" }),
  NCCVMOrchestrationLogs: together(nexus, { string: "ContainerName NamespaceName PodName Severity" }),
  NCMClusterOperationsLogs: together(nexus, { string: "Level OperationID PodName" }),
  NCSStorageAlerts: together(nexus, {
    string: "Action ArrayController ArrayName ContainerName Domain PodName Severity User",
  }),
  NCSStorageAudits: together(nexus, {
    string: "Action ArrayController ArrayName ContainerName PodName Result Session User",
  }),
  NCSStorageLogs: together(nexus, { string: "ArrayController ArrayName ContainerName IPAddress PodName" }),
};
