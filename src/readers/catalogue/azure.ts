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

const dataShareSnapshot = together(record, {
  string: `Category CorrelationId DataSetMappingType DataSetName DataSetType DetailMessage EndTime FilesRead
    FilesWritten OperationName SizeRead SizeWritten StartTime Status TriggerType`,
});

const storageMoverCopy = together(record, {
  long: "FileSize",
  string: "Details ItemPath ItemType JobRunName StatusCode TransferResult",
});

const videoIndexer = together(record, {
  int: "DurationMs",
  string: `AccountId AccountName CorrelationId ExternalUserId Location OperationName OperationVersion Status Upn VideoId
    VideoIndexerResourceId`,
});

const webPubSub = together(record, { string: "CallerIpAddress Level Location Message OperationName" });

const twinsOperation = together(record, {
  string: `ApplicationId CallerIpAddress Category CorrelationId DurationMs Level Location OperationName OperationVersion
    ParentId RequestUri ResultDescription ResultSignature ResultType SpanId TraceFlags TraceId TraceState`,
});

const customerInsightsOperation = together(customerInsights, {
  datetime: "EndTime StartTime SubmittedTime",
  int: "TasksCount",
  string: `AdditionalInformation Error FriendlyName Identifier OperationType SubmittedBy WorkflowJobId WorkflowStatus
    WorkflowSubmissionKind WorkflowType`,
});

// Event Hubs, Service Bus and Relay.
const messaging = together(record, { string: "Provider" });

export const azureTables: Readonly<Record<string, ColumnWords>> = {
  CCFApplicationLogs: together(record, { int: "LineNumber", string: "File Level Location Message" }),
  CHSMManagementAuditLogs: together(record, {
    dynamic: "AdditionalFields",
    string: `CommandType Location LogType MemberId Opcode OperationId OperationName RebootCounter Response SchemaVersion
      SequenceNo SessionHandle UserId Version`,
  }),
  CIEventsAudit: customerInsights,
  CIEventsOperational: customerInsightsOperation,
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
  OEPAuditLogs: together(record, {
    string: `Action ActionId Category DataPartitionId Location Message OperationDescription OperationName Puid RequestId
      ResultType ServiceName`,
  }),
  OEPDataplaneLogs: together(record, { string: "Category CorrelationId Location LogLevel Message OperationName" }),
  OLPSupplyChainEntityOperations: together(record, {
    dynamic: "CustomRequestAttributes RequestBody ResponseBody",
    int: "HttpStatusCode",
    real: "DurationMs",
    string: `ClientApplicationId ClientName ClientObjectId ClientTenantId CorrelationId OperationName RequestId
      RequestMethod RequestUri`,
  }),
  OLPSupplyChainEvents: together(record, {
    dynamic: "EventBody",
    real: "DurationMs",
    string: "CorrelationId EventId EventType OperationName RequestId SupplyChainResourceType",
  }),
  PFTitleAuditLogs: together(record, {
    string: `Level Location ModifiedPlayerId OperationName OperationType PlayFabPlayerAccountPoolId PlayFabTitleId
      UserId UserName`,
  }),
  REDConnectionEvents: together(record, {
    int: "EventStatus",
    long: "ConnectionId EventEpochTime",
    string: "ClientIp EventType Location OperationName PrivateLinkIPv6",
  }),
  ResourceManagementPublicAccessLogs: together(unowned, {
    dynamic: "PrivateLinkAssociationIds",
    int: "ResultSignature",
    long: "DurationMs",
    string: `CallerIpAddress Category CorrelationId ObjectIdentifier OperationName OperationType OperationVersion
      ProviderName ResultType Uri`,
  }),
  TSIIngress: together(record, {
    dynamic: "EventSourceProperties",
    string: "Category CorrelationId ErrorCode EventSourceType Level Location Message OperationName ResultDescription",
  }),
  SignalRServiceDiagnosticLogs: together(record, {
    long: "MessageTracingId",
    string: `CallerIpAddress Collection ConnectionId ConnectionType GroupName HubName InvocationId Level Location
      Message MessageType OperationName TransportType UserId`,
  }),
  StorageCacheOperationEvents: together(record, {
    int: "ResponseCode",
    string: "CorrelationId Location OperationName PrimingJobName ResultDescription ResultType StorageTargetName",
  }),
  StorageCacheUpgradeEvents: together(record, {
    string: "AvailableFirmwareVersion CorrelationId CurrentFirmwareVersion Description Location",
  }),
  StorageCacheWarningEvents: together(record, { string: "CorrelationId Description Level Location State" }),
  StorageMoverCopyLogsFailed: storageMoverCopy,
  StorageMoverCopyLogsTransferred: storageMoverCopy,
  StorageMoverJobRunLogs: together(record, { string: "JobRunName Level Message StatusCode" }),
  VIAudit: together(videoIndexer, {
    dynamic: "Claims",
    int: "Signature",
    string: "CallerIpAddress Description",
  }),
  VIIndexing: together(videoIndexer, { dynamic: "IndexingProperties", string: "ErrorCode ErrorDescription" }),
  WebPubSubConnectivity: together(webPubSub, { string: "ConnectionId UserId" }),
  WebPubSubHttpRequest: together(webPubSub, { string: "DurationMs Headers HttpMethod StatusCode TraceId Url" }),
  WebPubSubMessaging: together(webPubSub, { string: "ConnectionId TraceId UserId" }),
  ADPAudit: together(record, {
    dynamic: "Identity Properties TraceContext",
    string: "CorrelationId Location OperationName OperationVersion ResultType",
  }),
  ADPDiagnostics: together(record, {
    dynamic: "Properties TraceContext",
    string: "Category CorrelationId Level Location Message OperationName OperationVersion",
  }),
  ADPRequests: together(record, {
    bool: "Success",
    dynamic: "Properties TraceContext",
    int: "DurationMs HttpStatusCode",
    string: "CallerIpAddress CorrelationId Location OperationName OperationVersion Uri",
  }),
  ADTDataHistoryOperation: together(record, {
    int: "Level ResultSignature",
    long: "DurationMs",
    string: `ApplicationId CallerIpAddress CorrelationId OperationName OperationVersion ParentId Region RequestUri
      ResultDescription ResultType SpanId TraceFlags TraceId TraceState`,
  }),
  ADTDigitalTwinsOperation: twinsOperation,
  ADTEventRoutesOperation: together(twinsOperation, { string: "EndpointName" }),
  ADTModelsOperation: twinsOperation,
  ADTQueryOperation: together(twinsOperation, { real: "QueryCharge" }),
  AEWAuditLogs: together(record, { string: "ActionName Category ExpComponentName Message Operator RequestUri" }),
  AFSAuditLogs: together(record, {
    dynamic: "Identity",
    int: "ResultSignature",
    string: "ActivityId Location OperationName ResultDescription",
  }),
  AHDSDicomAuditLogs: together(record, {
    dynamic: "Identity",
    int: "StatusCode",
    string: "CorrelationId Level OperationName ResultType Uri",
  }),
  AHDSDicomDiagnosticLogs: together(record, {
    dynamic: "Properties",
    string: "CorrelationId Location LogLevel Message OperationName",
  }),
  AHDSMedTechDiagnosticLogs: together(record, { string: "LogType Message OperationName" }),
  AMSKeyDeliveryRequests: together(record, {
    int: "DurationMs",
    string: `KeyId KeyType Level Location OperationName OperationVersion PolicyName RequestId ResultSignature ResultType
      StatusMessage TokenType`,
  }),
  AMSStreamingEndpointRequests: together(record, {
    string: "ClientIP Level Location OperationName OperationVersion Status URL",
  }),
  ASCAuditLogs: together(record, {
    dynamic: "Identity Properties",
    int: "DurationMs",
    string: "CorrelationId Location OperationName ResultDescription ResultType",
  }),
  ASCDeviceEvents: together(record, {
    dynamic: "Properties",
    int: "DurationMs",
    string: "CatalogId CorrelationId DeviceId Location OperationName ResultDescription ResultType",
  }),
  ASRJobs: together(record, {
    datetime: "EndTime StartTime",
    int: "DurationMs",
    string: `Category CorrelationId JobUniqueId OperationName PolicyFriendlyName PolicyId PolicyUniqueId
      ReplicatedItemFriendlyName ReplicatedItemId ReplicatedItemUniqueId ReplicationScenario ResultDescription
      SourceFriendlyName SourceResourceGroup SourceResourceId SourceType Status VaultLocation VaultName VaultType
      Version`,
  }),
  ASRReplicatedItems: together(record, {
    datetime: "LastHeartbeat LastRpoCalculatedTime LastSuccessfulTestFailoverTime",
    int: "IRProgressPercentage",
    string: `ActiveLocation Category DatasourceFriendlyName DatasourceType DatasourceUniqueId FailoverReadiness
      MultiVMGroupId OSFamily OperationName PolicyFriendlyName PolicyId PolicyUniqueId PrimaryFabricName
      PrimaryFabricType ProtectionInfo RecoveryFabricName RecoveryFabricType RecoveryRegion ReplicatedItemFriendlyName
      ReplicatedItemId ReplicatedItemUniqueId ReplicationHealthErrors ReplicationStatus SourceResourceId VaultLocation
      VaultName VaultType Version`,
  }),
  AegDataPlaneRequests: together(record, {
    string: "Authentication ClientIpAddress NetworkAccess OperationName OperationResult TlsVersion TotalOperations",
  }),
  AegDeliveryFailureLogs: together(record, {
    string: "Category EventSubscriptionName Message OperationName SubResourceName",
  }),
  AegPublishFailureLogs: together(record, { string: "Category Message OperationName SubResourceName" }),
  AgriFoodApplicationAuditLogs: together(record, {
    dynamic: "Identity",
    string: `CallerIpAddress Category CorrelationId DataPlaneResourceId Level Location OperationName ResultDescription
      ResultType`,
  }),
  AUIEventsAudit: customerInsights,
  AUIEventsOperational: customerInsightsOperation,
  AZKVPolicyEvaluationDetailsLogs: together(record, {
    bool: "IsComplianceCheck",
    dynamic: "EvaluationDetails Properties",
    int: "DurationMs",
    string: "ObjectName ObjectType OperationName ResultDescription ResultSignature ResultType",
  }),
  AZMSApplicationMetricLogs: together(messaging, {
    dynamic: "Properties",
    int: "Value",
    string: "ActivityId AuthId AuthType OperationName Outcome Protocol",
  }),
  AZMSArchiveLogs: together(messaging, {
    int: "DurationMs Failures PartitionId",
    string: "ActivityId ArchiveStep EventhubName Message TaskName TrackingId",
  }),
  AZMSAutoscaleLogs: together(messaging, { string: "Message TrackingId" }),
  AZMSCustomerManagedKeyUserLogs: together(messaging, {
    string: "Category Key KeyVault Message Operation StatusCode Version",
  }),
  AZMSDiagnosticErrorLogs: together(messaging, {
    int: "ErrorCount",
    string: "ActivityId ActivityName EntityName EntityType ErrorMessage NamespaceName OperationResult",
  }),
  AZMSHybridConnectionsEvents: together(messaging, { string: "ActivityId Endpoint Message OperationName" }),
  AZMSKafkaCoordinatorLogs: together(messaging, { string: "ClientId Message NamespaceName Operation RequestId" }),
  AZMSKafkaUserErrorLogs: together(messaging, { string: "EventhubName Message NamespaceName TrackingId" }),
  AZMSOperationalLogs: together(messaging, {
    dynamic: "EventProperties",
    string: "ActivityId Caller EventName Status",
  }),
  AZMSRunTimeAuditLogs: together(messaging, {
    dynamic: "Properties",
    int: "Count",
    string: "ActivityId ActivityName AuthKey AuthType ClientIp NetworkType Protocol Status",
  }),
  AZMSVnetConnectionEvents: together(messaging, {
    int: "Count",
    string: "Action AddressIp Message NamespaceName",
  }),
  AddonAzureBackupAlerts: together(record, {
    datetime: "AlertOccurrenceDateTime",
    int: "CountOfAlertsConsolidated",
    real: "AlertTimeToResolveInMinutes",
    string: `AlertCode AlertConsolidationStatus AlertRaisedOn AlertSeverity AlertStatus AlertType AlertUniqueId
      BackupItemUniqueId BackupManagementServerUniqueId BackupManagementType Category OperationName
      ProtectedContainerUniqueId RecommendedAction ResourceId SchemaVersion State StorageUniqueId VaultUniqueId`,
  }),
  AddonAzureBackupJobs: together(record, {
    datetime: "JobStartDateTime RecoveryJobRPDateTime",
    dynamic: "ExtendedProperties",
    real: "DataTransferredInMB JobDurationInSecs",
    string: `AdHocOrScheduledJob ArchiveTierStorageReplicationType AzureDataCenter BackupItemFriendlyName BackupItemId
      BackupItemUniqueId BackupManagementServerUniqueId BackupManagementType Category DatasourceFriendlyName
      DatasourceResourceId DatasourceSetFriendlyName DatasourceSetResourceId DatasourceSetType DatasourceType
      JobFailureCode JobOperation JobOperationSubType JobStatus JobUniqueId OperationName ProtectedContainerUniqueId
      RecoveryJobDestination RecoveryJobRPLocation RecoveryLocationType ResourceGroupName ResourceId SchemaVersion State
      StorageReplicationType SubscriptionId VaultName VaultTags VaultType VaultUniqueId`,
  }),
  AutoscaleScaleActionsLog: together(record, {
    bool: "CreatedAsyncScaleActionJob",
    int: "CurrentInstanceCount NewInstanceCount",
    string: `Category CorrelationId CreatedAsyncScaleActionJobId OperationName ResourceId ResultDescription ResultType
      ScaleActionMessage ScaleActionOperationId ScaleActionOperationStatus ScaleDirection TargetResourceId`,
  }),
  AzureAttestationDiagnostics: together(record, {
    dynamic: "Identity TraceContext",
    int: "ContentLength",
    real: "DurationMs",
    string: `CallerIpAddress ContentType FailureDetails Level OperationName ResourceRegion ResourceUri ResultDetails
      ResultSignature ResultType ServiceLocation UserAgent`,
  }),
  AzureBackupOperations: together(record, {
    datetime: "OperationStartTime",
    dynamic: "ExtendedProperties",
    string: "BackupManagementType Category OperationName OperationType SchemaVersion",
  }),
  AzureLoadTestingOperation: together(record, {
    dynamic: "Identity RequestBody",
    int: "HttpStatusCode",
    real: "DurationMs",
    string: `CallerIpAddress CorrelationId FailureDetails OperationId OperationName OperationVersion RequestId
      RequestMethod RequestUri ResourceRegion ResultType ServiceLocation UserAgent`,
  }),
  AACAudit: together(record, {
    dynamic: "CallerIdentity TargetResource",
    string: "CallerIPAddress Category CorrelationId ETag EventCategory OperationName RequestId ResultType Status",
  }),
  AACHttpRequest: together(record, {
    int: "BytesReceived BytesSent DurationMs HitCount StatusCode",
    string: "Category ClientIPAddress ClientRequestId CorrelationId Method RequestId RequestURI UserAgent",
  }),
  ACICollaborationAudit: together(record, {
    string: `CorrelationId EntitlementResult EntitlementSummary GrantCorrelationId GrantSource GrantSourceType GrantType
      Location OperationName ParticipantName ParticipantTenantId ReferencedResourceId ReferencedResourceType
      TargetResourceId TargetResourceType UserName`,
  }),
  ACRConnectedClientList: together(record, {
    int: "ClientCount",
    string: "CacheName ClientIp Location OperationName PrivateLinkIpv6 RoleInstance",
  }),
};
