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

const powerActivity = together(unowned, {
  string: `ActorName ActorUserId ActorUserType EventOriginalType EventOriginalUid EventResult OrganizationId RecordType
    Workload`,
});
const powerObjectActivity = together(powerActivity, { dynamic: "AdditionalInfo", string: "ObjectId SrcIpAddr" });

const powerBI = together(record, {
  string: "CorrelationId CustomerTenantId ExecutingUser Level LogAnalyticsCategory OperationName",
});

const powerBIArtifact = together(powerBI, {
  dynamic: "Identity",
  long: "DurationMs",
  string: `ArtifactId ArtifactKind ArtifactName DatasetMode PowerBIWorkspaceId PowerBIWorkspaceName PremiumCapacityId
    Status`,
});

const powerBIDataset = together(powerBIArtifact, {
  dynamic: "ApplicationContext",
  int: "StatusCode",
  long: "CpuTimeMs ProgressCounter",
  string: `ApplicationName EventText OperationDetailName User XmlaObjectPath XmlaProperties XmlaRequestId
    XmlaSessionId`,
});

const powerBIDatasetPreview = together(record, {
  datetime: "StartTime",
  int: "ObjectType SpId",
  long: "CPUTime Duration IntegerData ProgressTotal",
  string: `ApplicationContext ApplicationName ClientHostName ClientProcessId ConnectionId CustomerTenantId DatabaseName
    EffectiveUsername Error EventClass EventSubclass ObjectId ObjectName ObjectPath ObjectReference OperationName
    PremiumCapacityId RequestParameters RequestProperties RootActivityId SessionId Severity Success TextData
    WorkspaceId`,
});

const powerBIReportUsage = together(powerBIArtifact, {
  bool: "IsBootstrapIncluded IsQueryResultCacheEnabled",
  datetime: "OperationEndTimestamp OperationStartTimestamp",
  int: "TotalVisibleVisualCount",
  long: `BootstrapDurationMs EffectiveDAXQueryDurationMs EffectiveDQQueryDurationMs EffectiveRenderDurationMs
    EffectiveVisualLoadDurationMs TotalDAXQueryDurationMs TotalDQQueryDurationMs`,
  string: `BrowserName BrowserTabId BrowserVersion CallerIpAddress ClientVersion ConsumptionMethod DatasetId
    DatasetLocation DatasetName DistributionMethod EmbedAppId EmbedType HomeWorkspaceId HomeWorkspaceName
    OperatingSystemName OperatingSystemVersion OperationVersion PowerBIAppId PowerBIAppName Region ReportPageId
    ReportPageName UserAgent UserFirstName UserLastName UserSession VisualTypesAndCounts`,
});

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
    string: "BookmarkId BookmarkName BookmarkType CreatedBy Entities Notes QueryResultRow QueryText Tags UpdatedBy",
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
    string: `ActionType AppGuardContainerId DeviceId DeviceName FileName FileOriginIP FileOriginReferrerUrl
      FileOriginUrl FolderPath MD5 MachineGroup PreviousFileName PreviousFolderPath RequestAccountDomain
      RequestAccountName RequestAccountSid RequestProtocol RequestSourceIP SHA1 SHA256 SensitivityLabel
      SensitivitySubLabel ShareName`,
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
  PowerAppsActivity: together(powerObjectActivity, { string: "TargetAppName" }),
  PowerAutomateActivity: together(powerObjectActivity, {
    string: "FlowConnectorNames FlowDetailsUrl LicenseDisplayName RecipientUpn SharingPermission UserUpn",
  }),
  PowerBIActivity: together(powerActivity, {
    string: `Activity ActivityId DashboardId DashboardName DataClassification DatasetName DistributionMethod
      EventProduct EventVendor IsSuccess ItemName MembershipInformation ObjectId OrgAppPermission PbiWorkspaceName
      ReportName RequestId Scope SharingInformation SrcIpAddr SwitchState TargetAppName UserAgent UserType WorkspaceId`,
  }),
  PowerBIAuditTenant: together(powerBI, { string: "AuditData" }),
  PowerBIDatasetsTenant: powerBIDataset,
  PowerBIDatasetsTenantPreview: powerBIDatasetPreview,
  PowerBIDatasetsWorkspace: together(powerBIDataset, { string: "ReplicaId" }),
  PowerBIDatasetsWorkspacePreview: powerBIDatasetPreview,
  PowerBIReportUsageTenant: powerBIReportUsage,
  PowerBIReportUsageWorkspace: powerBIReportUsage,
  PowerPlatformAdminActivity: together(powerActivity, {
    bool: "RequiresCustomerKeyEncryption",
    dynamic: "PropertyCollection",
  }),
  PowerPlatformConnectorActivity: together(powerObjectActivity, { string: "ConnectorId" }),
  PowerPlatformDlpActivity: together(powerObjectActivity, { string: "PolicyName" }),
  ProjectActivity: together(powerActivity, {
    string: "EventProduct EventVendor ObjectId OnBehalfOfResId ProjectAction ProjectEntity Scope SrcIpAddr UserType",
  }),
  PurviewDataSensitivityLogs: together(record, {
    datetime: "AssetCreationTime AssetLastScanTime AssetModifiedTime",
    dynamic: "Classification ClassificationDetails SensitivityLabel SensitivityLabelDetails",
    long: "FileSize",
    string: `ActivityType AssetName AssetPath AssetType ClassificationTrigger FileExtension PurviewAccountName
      PurviewRegion PurviewTenantId SensitivityLabelTrigger SourceCollectionName SourceName SourcePath SourceRegion
      SourceScanId SourceSubscriptionId SourceType`,
  }),
  PurviewScanStatusLogs: together(record, {
    long: "AssetsClassified AssetsDiscovered ScanQueueTimeInSeconds ScanTotalRunTimeInSeconds",
    string: `Category CorrelationId DataSourceName DataSourceType ErrorDetails LogLevel OperationName ResultType RunType
      ScanName ScanResultId`,
  }),
  PurviewSecurityLogs: together(record, {
    dynamic: "CallerIdentities Properties",
    string: "EntityName EntityType Location OperationName ResultDescription ResultType",
  }),
  RemoteNetworkHealthLogs: together(unowned, {
    datetime: "CreatedDateTime",
    int: "BgpRoutesAdvertisedCount",
    long: "ReceivedBytes SentBytes",
    string: "Description DestinationIp Id RemoteNetworkId SourceIp Status",
  }),
  SecureScoreControls: together(record, {
    bool: "IsSnapshot",
    dynamic: "Properties RecommendationResourceIds",
    int: "HealthyResources MaxScore NotApplicableResources UnhealthyResources",
    long: "Weight",
    real: "CurrentScore PercentageScore",
    string: `AssessedResourceId ControlId ControlName ControlType Description Environment ResourceProviderType
      SecureScoresSubscriptionId`,
  }),
  SecureScores: together(record, {
    bool: "IsSnapshot",
    dynamic: "Properties",
    int: "MaxScore",
    long: "Weight",
    real: "CurrentScore PercentageScore",
    string: "AssessedResourceId DisplayName Environment ResourceProviderType SecureScoresSubscriptionId",
  }),
  SecurityAttackPathData: together(record, {
    dynamic: "Assessments Path RiskFactors",
    string: `AdditionalRemediationSteps AttackPathId AttackStory Description DisplayName EntrypointId Mitre
      PotentialImpact RiskLevel TargetId`,
  }),
  SecurityDetection: together(record, {
    bool: "IsFirstParty",
    int: "AccountsSeen FailedAttempts InvalidAccountsSeen SuccessfulLogins ValidAccountsSeen",
    string: `AlertSeverity AlertTitle AssociatedResource ChildProcess CommandLine Computer Description DetectionID
      Duration ExtendedProperties FullPath LogChannel OccuringDatacenter OriginalSeverity ParentProcess ProcessName
      Provider RemediationSteps ReportingSystem ServiceId SubjectDomainName SubjectUserName SubscriptionId
      SuspiciousProcess`,
  }),
  SecurityIoTRawEvent: together(unowned, {
    bool: "IsEmpty",
    datetime: "TimeStamp",
    string: `AgentVersion AssociatedResourceId AzureSubscriptionId DeviceId EventDetails IoTRawEventId RawEventCategory
      RawEventName RawEventType`,
  }),
  ThreatIntelObjects: together(record, {
    bool: "IsDeleted",
    dynamic: "AdditionalFields Data",
    string: "AzureTenantId Id LastUpdateMethod Source StixType WorkspaceId",
  }),
};
