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
};
