import { type ColumnWords, together } from "./columns.ts";
import { record, unowned } from "./workspace.ts";

/* Tables of what machines report. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

const recommendation = together(unowned, {
  real: "RecommendationWeight",
  string: `ActionArea ActionAreaId AffectedObjectName AffectedObjectType AssessmentId Computer CustomData Description
    FocusArea FocusAreaId Recommendation RecommendationId RecommendationResult Technology`,
});

// Windows Update for Business.
const update = together(unowned, { string: "AzureADDeviceId AzureADTenantId GlobalDeviceId" });

const updateAlert = together(update, {
  datetime: "ResolvedTime StartTime",
  int: "AlertRank",
  string: `AlertClassification AlertData AlertId AlertStatus AlertSubtype AlertType Description DeviceName ErrorCode
    ErrorSymName Recommendation SCCMClientId URL`,
});

export const machineTables: Readonly<Record<string, ColumnWords>> = {
  ComputerGroup: together(record, { string: "Computer Group GroupFullName GroupId GroupSource GroupSourceName" }),
  ConfigurationChange: together(record, {
    datetime: "DateCreated DateModified PreviousDateCreated PreviousDateModified",
    long: "LastSnapshotAge PreviousSize Size",
    string: `Acls Attributes ChangeCategory Computer ConfigChangeType Current FieldsChanged FileContentChecksum
      FileSystemPath Hive Location ManagementGroupName Name Previous PreviousAcls PreviousAttributes
      PreviousFileContentChecksum PreviousValueData PreviousValueType Publisher RegistryKey SoftwareDescription
      SoftwareName SoftwareType SourceComputerId SvcAccount SvcChangeType SvcController SvcDisplayName SvcName SvcPath
      SvcPreviousAccount SvcPreviousController SvcPreviousPath SvcPreviousRunlevels SvcPreviousStartupType
      SvcPreviousState SvcRunlevels SvcStartupType SvcState VMUUID ValueData ValueName ValueType`,
  }),
  ConfigurationData: together(record, {
    datetime: "DateCreated DateModified",
    long: "Size",
    string: `Acls Architecture Attributes Computer ConfigDataType CurrentVersion FileContentChecksum FileSystemPath Hive
      Location ManagementGroupName Name Publisher RegistryKey SoftwareDescription SoftwareName SoftwareType
      SourceComputerId SvcAccount SvcController SvcDescription SvcDisplayName SvcName SvcPath SvcRunlevels
      SvcStartupType SvcState VMUUID ValueData ValueName ValueType`,
  }),
  DHAppReliability: together(unowned, {
    bool: `HasCrashesDaily HasCrashesTrailing HasHangsDaily HasHangsTrailing HasIncidentsDaily HasIncidentsTrailing
      HasUsageDaily HasUsageTrailing`,
    datetime: "DeviceLastSeenTime",
    int: "OSBuildNumber OSRevisionNumber",
    real: `CrashFreeDevicesPercentForIndustryTrailing HangFreeDevicesPercentForIndustryTrailing
      IncidentFreeDevicesPercentForIndustryTrailing`,
    string: `AppFileDisplayName AppFileName AppFileVersion AppName AppVersion Computer ComputerID ConfigMgrClientID
      OSVersion Publisher`,
  }),
  DHLogonFailures: together(unowned, {
    int: "OSBuildNumber OSRevisionNumber",
    long: "SignInFailureCount",
    string: `Computer ComputerID Country LogonStatus LogonSubStatus Manufacturer Model ModelFamily OSArchitecture
      OSEdition OSVersion ProviderId ProviderName SignInFailureReason SignInUserError SuggestedSignInRemediation`,
  }),
  DHLogonMetrics: together(unowned, {
    int: "OSBuildNumber OSRevisionNumber",
    long: "TotalDailySignIns",
    real: "SignInIndustrySuccessRate SignInSuccessRate",
    string: `Computer ComputerID Country Manufacturer Model ModelFamily OSArchitecture OSEdition OSVersion
      PreferredSignInProviderId PreferredSignInProviderName ProviderId ProviderName`,
  }),
  DHWipAppLearning: together(unowned, {
    datetime: "EventFiredTime",
    string: "AppName Computer ComputerID ConfigMgrClientID WipActionType WipAppId WipAppIdType WipAppRuleType",
  }),
  DnsAuditEvents: together(record, {
    datetime: "LastRolloverTime NextRolloverTime",
    dynamic: "AdditionalData",
    int: `BufferSize DSRecordSetTtl DSSignatureValidityPeriod DnsKeyRecordSetTtl DnsKeySignatureValidityPeriod
      DnsQueryType InitialRolloverOffset KeyLength KeyTag NSec3HashAlgorithm NSec3Iterations NSec3RandomSaltLength
      ProcessingOrder PropagationTime RolloverPeriod SecureDelegationPollingPeriod SignatureInceptionOffset TTL
      ZoneSignatureValidityPeriod`,
    string: `Action ActiveKey Base64Data ChildZone ClientSubnetList ClientSubnetRecord Condition Criteria
      CryptoAlgorithm CurrentRolloverStatus CurrentState DSRecordGenerationAlgorithm DenialOfExistence Digest DigestType
      DistributeTrustAnchor DnsQuery EnableRfc5011KeyRollover EventGuid EventId EventString EventType FilePath
      Forwarders IsEnabled IsKeyMasterServer KeyId KeyMasterServer KeyOrZone KeyProtocol KeyStorageProvider KeyType
      KskOrZsk ListenAddresses LookupValue MasterServer NSec3OptOut NSec3UserSalt Name NameServer NewPropertyValues
      NewValue NextKey NextRolloverAction NodeName OldPropertyValues ParentHasSecureDelegation Policy PropertyKey RDATA
      RecursionScope ReplicationScope RolloverType ScavengeServers Scope Scopes SeizedOrTransferred ServerName Setting
      Source StandbyKey StoreKeysInAD SubTreeAging VirtualizationID WithNewKeys WithWithout Zone ZoneFile ZoneName
      ZoneScope`,
  }),
  DnsInventory: together(record, {
    string: `Computer DnsSecSigned DomainName DynamicUpdate ForestName NameServers ResourceRecordName ResourceRecordType
      ServerIPs SubType ZoneName`,
  }),
  ETWEvent: together(unowned, {
    int: "EventId Pid Tid",
    string: `AzureDeploymentID ChannelName Computer EventMessage EventSourceName KeywordName Level Message OpcodeName
      ProviderGuid Role TaskName`,
  }),
  ExchangeAssessmentRecommendation: together(recommendation, {
    string: `ActiveDirectorySite ExchangeAdminGroup ExchangeDAG ExchangeMailboxDatabase ExchangeOrganization
      ExchangePublicFolderDatabase ExchangeServer`,
  }),
  ExchangeOnlineAssessmentRecommendation: together(recommendation, {
    string: "Domain ExchangeOrganization O365TenantId TenantName",
  }),
  IISAssessmentRecommendation: together(unowned, {
    real: "RecommendationWeight",
    string: `ActionArea ActionAreaId AffectedObjectName AffectedObjectType AssessmentId Computer Description FocusArea
      FocusAreaId IISApplication IISApplicationPool Recommendation RecommendationId RecommendationResult WebServer
      WebSite`,
  }),
  InsightsMetrics: together(record, { real: "Val", string: "AgentId Computer Name Namespace Origin Tags Value" }),
  IntuneAuditLogs: together(unowned, {
    string: "Category CorrelationId Identity OperationName Properties ResultDescription ResultType",
  }),
  IntuneDeviceComplianceOrg: together(record, {
    string: `ComplianceState DeviceHealthThreatLevel DeviceId DeviceName DeviceType IMEI InGracePeriodUntil LastContact
      ManagementAgents OS OSDescription OSVersion OwnerType Result RetireAfterDatetime SerialNumber UPN UserEmail UserId
      UserName`,
  }),
  IntuneDevices: together(unowned, {
    bool: "GraphDeviceIsManaged",
    dynamic: "Stats",
    long: "StorageFree StorageTotal",
    string: `AADTenantId AndroidPatchLevel BatchId CategoryName CompliantState CreatedDate DeviceId DeviceName
      DeviceRegistrationState DeviceState EasID EncryptionStatusString IMEI InGracePeriodUntil IntuneAccountId
      JailBroken JoinType LastContact MEID ManagedBy ManagedDeviceName Manufacturer Model OS OSVersion OperationName
      Ownership PhoneNumber PrimaryUser ReferenceId Result SerialNumber SkuFamily SubscriberCarrierNetwork
      SupervisedStatusString UPN UserEmail UserName WifiMacAddress`,
  }),
  IntuneOperationalLogs: together(unowned, { string: "Category OperationName Properties Result" }),
  LinuxAuditLog: together(record, {
    datetime: "TimeUploaded",
    long: "argc auid egid euid gid pid ppid ses uid",
    string: `AuditID Computer ComputerEnvironment ExternalAgentIp ManagementGroup ManagementGroupName RawRecord
      RecordType ResourceId SerialNumber SourceComputerId a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 acct addr arch audit_user cmd
      comm cwd data effective_group effective_user exe exit family filetype group hostname icmptype key name node op
      path res result success syscall terminal tty user vm`,
  }),
  Operation: together(record, {
    string: `Computer CorrelationId Detail ErrorId HelpLink ManagementGroupName OperationCategory OperationKey
      OperationStatus Solution SourceComputerId`,
  }),
  ProtectionStatus: together(record, {
    datetime: "ScanDate",
    int: "ProtectionStatusRank ThreatStatusRank",
    string: `AMProductVersion Computer ComputerEnvironment ComputerIP_Hidden DetectionId DeviceName ManagementGroupName
      OSName ProtectionStatus ProtectionStatusDetails Resource ResourceGroup ResourceId ResourceProvider ResourceType
      SignatureVersion SourceComputerId SubscriptionId Threat ThreatStatus ThreatStatusDetails TypeofProtection VMUUID`,
  }),
  SCCMAssessmentRecommendation: together(recommendation, { string: "SiteCode SiteServer" }),
  SCOMAssessmentRecommendation: together(recommendation, {
    string: "DatabaseName ManagementGroupName Server SqlInstanceName",
  }),
  SecurityBaseline: together(record, {
    string: `ActualResult AnalyzeOperation AnalyzeResult AssessmentId AzId BaselineRuleType BaselineType CceId Computer
      ComputerEnvironment Description ExpectedResult ManagementGroupName OSName Resource ResourceGroup ResourceId
      ResourceProvider ResourceType RuleSetting RuleSeverity SitePath SourceComputerId SubscriptionId`,
  }),
  SecurityBaselineSummary: together(record, {
    int: "CriticalFailedRules InformationalFailedRules PercentageOfPassedRules TotalAssessedRules WarningFailedRules",
    string: `AssessmentId BaselineType Computer ComputerEnvironment ManagementGroupName OSName Resource ResourceGroup
      ResourceId ResourceProvider ResourceType SourceComputerId SubscriptionId`,
  }),
  UCClient: together(update, {
    bool: "IsDeviceHotpatchEligible IsDeviceHotpatchEnrolled IsDeviceVBSEnabled IsVirtual",
    datetime: `LastCensusScanTime LastHotpatchEnrolledTime LastWUScanTime OSFeatureUpdateEOSTime
      OSFeatureUpdateReleaseTime OSQualityUpdateReleaseTime WUFeaturePauseEndTime WUFeaturePauseStartTime
      WUQualityPauseEndTime WUQualityPauseStartTime`,
    int: `OSBuildNumber OSRevisionNumber PrimaryDiskFreeCapacityMb WUAutomaticUpdates WUDeadlineNoAutoRestart
      WUFeatureDeadlineDays WUFeatureDeferralDays WUFeatureGracePeriodDays WUNotificationLevel WUPauseUXDisabled
      WUQualityDeadlineDays WUQualityDeferralDays WUQualityGracePeriodDays WURestartNotification WUUXDisabled`,
    string: `City Country DeviceFamily DeviceFormFactor DeviceManufacturer DeviceModel DeviceName OSArchitecture OSBuild
      OSEdition OSFeatureUpdateComplianceStatus OSFeatureUpdateStatus OSQualityUpdateComplianceStatus
      OSQualityUpdateStatus OSSecurityUpdateComplianceStatus OSSecurityUpdateStatus OSServicingChannel OSVersion
      SCCMClientId UpdateConnectivityLevel WUDODownloadMode WUFeaturePauseState WUQualityPauseState
      WUServiceURLConfigured`,
  }),
  UCClientReadinessStatus: together(update, {
    datetime: "ReadinessExpiryTime ReadinessScanTime SetupReadinessExpiryTime SetupReadinessTime",
    string: `DeviceName OSBuild OSName OSVersion ReadinessReason ReadinessStatus SCCMClientId SetupReadinessReason
      SetupReadinessStatus TargetOSBuild TargetOSName TargetOSVersion`,
  }),
  UCClientUpdateStatus: together(update, {
    bool: "IsHotpatchUpdate IsUpdateHealthy",
    datetime: "ClientSubstateTime OfferReceivedTime RestartRequiredTime UpdateInstalledTime UpdateReleaseTime",
    int: `ClientSubstateRank FurthestClientSubstateRank TargetBuildNumber TargetRevisionNumber UpdateHealthGroupRankL1
      UpdateHealthGroupRankL2 UpdateHealthGroupRankL3`,
    string: `CatalogId ClientState ClientSubstate DeploymentId DeviceName EventData FurthestClientSubstate SCCMClientId
      TargetBuild TargetKBNumber TargetVersion UpdateCategory UpdateClassification UpdateConnectivityLevel
      UpdateDisplayName UpdateHealthGroupL1 UpdateHealthGroupL2 UpdateHealthGroupL3 UpdateId UpdateManufacturer
      UpdateSource`,
  }),
  UCDeviceAlert: updateAlert,
  UCServiceUpdateStatus: together(update, {
    // One name has its letters swapped in the service too.
    bool: "DeploymentIsExpedited UdpateIsSystemManifest",
    datetime: `DeploymentApprovedTime DeploymentRevokeTime OfferReadyTime PolicyCreatedTime ProjectedOfferReadyTime
      ServiceSubstateTime UpdateRecommendedTime UpdateReleaseTime UpdateVersionTime`,
    int: "ServiceSubstateRank",
    string: `CatalogId DeploymentId DeploymentName PolicyId PolicyName ServiceState ServiceSubstate TargetBuild
      TargetVersion UpdateCategory UpdateClassification UpdateDisplayName UpdateId UpdateManufacturer UpdateProvider
      UpdateVersion`,
  }),
  UCUpdateAlert: together(updateAlert, {
    int: "ClientSubstateRank ServiceSubstateRank",
    string: `CatalogId ClientSubstate DeploymentId ServiceSubstate TargetBuild TargetVersion UpdateCategory
      UpdateClassification UpdateId`,
  }),
  SPAssessmentRecommendation: together(recommendation, { string: "DatabaseName Farm Server WebApplication" }),
  SQLAssessmentRecommendation: together(record, recommendation, {
    string: "AffectedObjectResult DatabaseName SqlInstanceName",
  }),
  ServiceFabricOperationalEvent: together(unowned, {
    int: "EventId Pid Tid",
    string: `ApplicationName ApplicationTypeName ApplicationTypeVersion AzureDeploymentID ChannelName Computer
      EventMessage EventSourceName KeywordName Level OpcodeName PartitionId ProviderGuid Role ServiceName
      ServiceTypeName TaskName UpgradeDomains`,
  }),
  SfBAssessmentRecommendation: together(recommendation, {
    string: `Domain Forest LyncCentralMgmtStoreDatabase LyncFEPool LyncFrontEnd LyncInternalDomain LyncOrganization
      LyncSimpleURLDomain LyncSite LyncUserStoreDatabase`,
  }),
  SfBOnlineAssessmentRecommendation: together(recommendation, { string: "Domain O365TenantId TenantName" }),
  SharePointOnlineAssessmentRecommendation: together(recommendation, { string: "O365TenantId TenantName" }),
  Update: together(record, {
    bool: "Approved InstallTimeAvailable Optional",
    datetime: "PublishedDate",
    real: "InstallTimeDeviationRangeSeconds InstallTimePredictionSeconds",
    string: `ApprovalSource BulletinID BulletinUrl CVENumbers Classification Computer ComputerEnvironment KBID
      MSRCBulletinID MSRCSeverity ManagementGroupName OSFullName OSName OSType OSVersion PackageRepository
      PackageSeverity Product ProductArch ProductVersion RebootBehavior Resource ResourceGroup ResourceId
      ResourceProvider ResourceType RevisionNumber SourceComputerId SubscriptionId Title UpdateID UpdateState VMUUID`,
  }),
  UpdateRunProgress: together(record, {
    bool: "SucceededOnRetry",
    datetime: "EndTime StartTime",
    string: `Computer ComputerEnvironment CorrelationId ErrorResult InstallationStatus KBID ManagementGroupName OSType
      Product Resource ResourceGroup ResourceId ResourceProvider ResourceType SourceComputerId SubscriptionId Title
      UpdateId UpdateRunName VMUUID`,
  }),
  WDAVStatus: together(unowned, {
    datetime: "LastDefinitionUpdateTime LastScan",
    string: `ApplicationVersion CloudBlockLevel Computer ComputerID DefinitionVersion DetailedStatus EngineVersion
      MoreInformation OSName ProtectionState PuaMode SampleSubmission UpdateStatus`,
  }),
  WDAVThreat: together(unowned, {
    bool: "IsCloudSignature",
    datetime: "LastScan",
    int: "ThreatId",
    string: `Computer ComputerID MoreInformation RemediationAction ThreatAction ThreatAlertLevel ThreatCategory
      ThreatEncyclopediaLink ThreatError ThreatFamily ThreatName ThreatReportId ThreatStatus`,
  }),
  WindowsClientAssessmentRecommendation: together(recommendation, { string: "Domain Forest Server" }),
  WindowsServerAssessmentRecommendation: together(record, recommendation, {
    string: `Cluster Domain HyperVMHost IISApplication IISApplicationPool Ipv4Address OSVersion Server WebServer
      WebSite`,
  }),
  ADReplicationResult: together(record, {
    bool: "IsDestinationGC IsSourceGC",
    datetime: "LastAttemptedSync LastSuccessfulSync",
    int: "ConsecutiveFailures LastSyncResult",
    real: "PercentOfTSL",
    string: `AssessmentId Computer DestinationServer DestinationSiteName HelpLink LastSyncMessage PartitionName
      ReplicationNeighborOption SourceInvocationId SourceServer SourceSiteName TombstoneLifetime`,
  }),
  ADSecurityAssessmentRecommendation: together(recommendation, {
    string: "DNSServer DNSZone Domain DomainController Forest GroupPolicyObject NamingContext Site",
  }),
  Alert: together(record, {
    datetime: "QueryExecutionEndTime QueryExecutionStartTime TimeLastModified TimeRaised TimeResolved",
    int: "AlertStatus AlertTypeNumber AlertValue Flags PriorityNumber RepeatCount ThresholdValue ValueFlags",
    string: `AlertContext AlertDescription AlertError AlertId AlertName AlertPriority AlertRuleId AlertRuleInstanceId
      AlertSeverity AlertState AlertTypeDescription Comments Computer Custom1 Custom10 Custom2 Custom3 Custom4 Custom5
      Custom6 Custom7 Custom8 Custom9 Expression FlagsDescription HostName LastModifiedBy LinkToSearchResults
      ManagementGroupName ObjectDisplayName Query RemediationJobId RemediationRunbookName ResolvedBy ResourceId
      ResourceType ResourceValue RootObjectName ServiceDeskConnectionName ServiceDeskId ServiceDeskWorkItemLink
      ServiceDeskWorkItemType SourceDisplayName SourceFullName StateType StatusDescription TemplateId ThresholdOperator
      TicketId TriggerId Url ValueDescription ValueFlagsDescription`,
  }),
  AlertHistory: together(record, {
    datetime: "TimeLastModified TimeRaised TimeResolved",
    int: "RepeatCount",
    string: `AlertContext AlertDescription AlertId AlertName AlertPriority AlertSeverity AlertState Custom1 Custom10
      Custom2 Custom3 Custom4 Custom5 Custom6 Custom7 Custom8 Custom9 LastModifiedBy ManagementGroupName ResolvedBy
      SourceDisplayName SourceFullName TicketId`,
  }),
  ADAssessmentRecommendation: together(record, recommendation, { string: "Domain DomainController Forest" }),
  AzureAssessmentRecommendation: together(recommendation, {
    string: "AADTenantDomain AADTenantId AADTenantName Resource",
  }),
};
