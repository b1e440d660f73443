import { type ColumnWords, prefixed, together } from "./columns.ts";
import { record, unowned } from "./workspace.ts";

/*
 * Tables of what is connected to Microsoft Sentinel: other clouds, products of security, Microsoft's own services.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables-category
 */

const versionInfo = prefixed("VersionInfo", {
  string: "CompanyName FileDescription InternalFileName OriginalFileName ProductName ProductVersion",
});

const initialProcess = prefixed(
  "InitProcess",
  together(versionInfo, {
    datetime: "CreationTime ParentCreationTime",
    long: "FileSize Id ParentId",
    string: `AccountDomain AccountName AccountObjectId AccountSid AccountUpn CommandLine FileName FolderPath
      IntegrityLevel MD5 ParentFileName SHA1 SHA256 TokenElevation`,
  }),
);

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
  MDCFileIntegrityMonitoringEvents: together(unowned, prefixed("InitProc", versionInfo), {
    datetime: `InitProcImageCreationTimeUtc InitProcImageLastAccessTimeUtc InitProcImageLastWriteTimeUtc
      InitProcImagePeTimestampUtc InitiatingProcessCreationTime InitiatingProcessFirstSeen`,
    long: "FileSize InitProcImageFileSizeInBytes InitiatingProcessId InitiatingProcessSessionId",
    string: `AADTenantID AzureResourceId ChangeType CloudIdentifier CloudProvider CloudResourceType Computer FileMd5
      FileName FilePath FileSha1 FileSha256 FileType InitProcImageLsHash InitProcImageMd5 InitProcImageSha1
      InitProcImageSha256 InitiatingProcessAccountDomainName InitiatingProcessAccountName InitiatingProcessAccountSid
      InitiatingProcessImageFileName InitiatingProcessImageFilePath InitiatingProcessImageFileType InitiatingProcessName
      InitiatingProcessSource MonitoredEntityType NewValueData NewValueName NewValueType OldValueData
      OldValueFullRegistryKey OldValueName OldValueType OriginalFileName OriginalFilePath RegistryHive RegistryKey
      RequestAccountDomain RequestAccountName RequestAccountSid RequestSource RequestSourceIP RequestSourcePort`,
  }),
  MDECustomCollectionDeviceFileEvents: together(unowned, initialProcess, {
    bool: "IsAzureInfoProtectionApplied",
    dynamic: "AdditionalFields",
    int: "RequestSourcePort",
    long: "FileSize ReportId",
    string: `ActionType AppGuardContainerId DeviceId DeviceName FileName FileOriginIP FileOriginReferrerUrl FileOriginUrl
      FolderPath MD5 MachineGroup PreviousFileName PreviousFolderPath RequestAccountDomain RequestAccountName
      RequestAccountSid RequestProtocol RequestSourceIP SHA1 SHA256 SensitivityLabel SensitivitySubLabel ShareName`,
  }),
  McasShadowItReporting: together(unowned, {
    datetime: "Date",
    dynamic: "AppTags",
    int: "AppScore BlockedEvents DownloadedBytes TotalBytes TotalEvents UploadedBytes",
    string: `AadTenantId AppCategory AppId AppInstance AppName EnrichedUserName IpAddress MachineId MachineName
      RawUserName RichUserName StreamName UserName`,
  }),
  MicrosoftPurviewInformationProtection: together(unowned, {
    bool: "IsViewableByExternalUsers SensitiveInfoDetectionIsIncluded",
    datetime: "ItemCreationTime ItemLastModifiedTime LabelAppliedDateTime",
    dynamic: `AppAccessContext Common ConditionMatch CurrentProtectionType EmailInfo ExchangeMetaData OverriddenActions
      PreviousProtectionType ProtectionEventData Receivers RuleActions SensitiveInfoTypeData SharePointMetaData`,
    int: "RecordType",
    string: `ActionSource ActionSourceDetail Application ApplicationMode ClientIP ContentType CorrelationId
      CurrentProtectionTypeName DataState DeviceName ExecutionRuleId ExecutionRuleName ExecutionRuleVersion Id
      IrmContentId ItemName ItemSize JustificationText LabelAction LabelEventType LabelName LabelVersion MachineName
      MgtRuleId ObjectId OldSensitivityLabelId OldSensitivityLabelOwnerEmail Operation OrganizationId OverRideReason
      OverRideType Platform PolicyId PolicyName PolicyVersion PreviousProtectionTypeName ProtectionEventTypeName
      RecordTypeName ResultStatus RuleMode Scope ScopedLocationId Sender SensitivityLabelId SensitivityLabelOwnerEmail
      SensitivityLabelPolicyId Severity TargetLocation UserId UserKey UserType WorkLoadItemId Workload`,
  }),
  NetworkAccessTraffic: together(unowned, {
    int: "DestinationPort SourcePort",
    long: "ReceivedBytes SentBytes",
    string: `AccessType Action AgentVersion AppId ConnectionId ConnectionStatus ConnectorId ConnectorIp ConnectorName
      Description DestinationFqdn DestinationIp DestinationUrl DestinationWebCategories DeviceCategory DeviceId
      DeviceOperatingSystem DeviceOperatingSystemVersion FilteringProfileId FilteringProfileName InitiatingProcessName
      NetworkProtocol OriginHeader PolicyId PolicyName PolicyRuleId ProcessingRegion ReferrerHeader ResourceTenantId
      RuleName SessionId SourceIp ThreatType TrafficType TransactionId TransportProtocol UserId UserPrincipalName
      XForwardedFor`,
  }),
};
