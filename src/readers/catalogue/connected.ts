import { type ColumnWords, together } from "./columns.ts";
import { record, unowned } from "./workspace.ts";

/*
 * Tables of what is connected to Microsoft Sentinel: other clouds, products of security, Microsoft's own services.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables-category
 */

export const connectedTables: Readonly<Record<string, ColumnWords>> = {
  ConfidentialWatchlist: together(unowned, {
    datetime: "CreatedTimeUTC LastUpdatedTimeUTC TimeToLive _DTTimestamp",
    dynamic: "CreatedBy EntityMapping UpdatedBy WatchlistItem",
    string: `AzureTenantId CorrelationId DefaultDuration Notes Provider SearchKey Source Tags WatchlistAlias
      WatchlistCategory WatchlistId WatchlistItemId WatchlistName _DTItemId _DTItemStatus _DTItemType`,
  }),
  DataverseActivity: together(unowned, {
    dynamic: "Fields QueryResults",
    string: `ClientIp CorrelationId CrmOrganizationUniqueName EntityId EntityName InstanceUrl ItemType ItemUrl Message
      Operation OrganizationId OriginalObjectId Query ResultStatus ServiceContextId ServiceContextIdType ServiceName
      SourceRecordId SystemUserId UserAgent UserId UserKey UserType UserUpn`,
  }),
  DefenderIoTRawEvent: together(unowned, {
    bool: "IsEmpty",
    datetime: "TimeStamp",
    dynamic: "EventDetails",
    string: `AgentVersion AssociatedResourceId AzureSubscriptionId DeviceId IoTRawEventId RawEventCategory RawEventName
      RawEventType`,
  }),
  Dynamics365Activity: together(record, {
    dynamic: "Fields QueryResults",
    string: `ClientIP CorrelationId CrmOrganizationUniqueName EntityId EntityName InstanceUrl ItemType ItemUrl Message
      OfficeWorkload Operation OrganizationId OriginalObjectId Query RecordType ResultStatus ServiceName SourceRecordId
      SystemUserId UserAgent UserId UserKey UserType`,
  }),
  DynamicEventCollection: together(unowned, {
    dynamic: "AdditionalFields",
    int: "LocalPort RemotePort",
    long: "EventId InitiatingProcessId InitiatingProcessLogonId InitiatingProcessParentId ReportId",
    string: `AccountSid AppGuardContainerId DeviceId DeviceName InitiatingProcessAccountDomain
      InitiatingProcessAccountName InitiatingProcessAccountObjectId InitiatingProcessAccountSid
      InitiatingProcessAccountUpn InitiatingProcessFolderPath InitiatingProcessMD5 InitiatingProcessParentFileName
      InitiatingProcessSHA1 LocalIP MachineGroup ProcessCommandLine RemoteDeviceName RemoteIP`,
  }),
  DynamicSummary: together(unowned, {
    datetime: "CreatedTimeUTC EventTimeUTC QueryEndDate QueryStartDate UpdatedTimeUTC",
    dynamic: "CreatedBy PackedContent SourceInfo Tactics Techniques UpdatedBy",
    string: `AzureTenantId ObservableType ObservableValue Query RelationId RelationName SearchKey SummaryDataType
      SummaryDescription SummaryId SummaryItemId SummaryName SummaryStatus`,
  }),
  EnrichedMicrosoft365AuditLogs: together(unowned, {
    dynamic: "AdditionalProperties",
    int: "RecordType",
    string: `ActorUserType ClientIp DeviceId DeviceOperatingSystem DeviceOperatingSystemVersion Id ObjectId Operation
      OrganizationId ResultStatus SourceIp UniqueTokenId UserId UserKey UserType Workload`,
  }),
  GCPAuditLogs: together(unowned, {
    datetime: "Timestamp",
    dynamic: `AuthenticationInfo AuthorizationInfo Metadata Request RequestMetadata ResourceLocation
      ResourceOriginalState Response ServiceData Status`,
    string: `GCPResourceName GCPResourceType InsertId LogName MethodName NumResponseItems PrincipalEmail ProjectId
      ServiceName Severity StatusMessage Subscription`,
  }),
  GoogleCloudSCC: together(unowned, { dynamic: "Findings FindingsResource SourceProperties" }),
  HuntingBookmark: together(record, {
    bool: "SoftDeleted",
    datetime: "CreatedTime EventTime LastUpdatedTime QueryEndTime QueryStartTime",
    string: `BookmarkId BookmarkName BookmarkType CreatedBy Entities Notes QueryResultRow QueryText Tags UpdatedBy`,
  }),
};
