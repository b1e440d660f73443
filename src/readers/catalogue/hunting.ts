import { type ColumnWords, together } from "./columns.ts";

/*
 * Tables that only advanced hunting has: no workspace stores them.
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables
 */

const time: ColumnWords = { datetime: "Timestamp" };

const cloudResource: ColumnWords = { string: "AwsResourceName AzureResourceId GcpFullResourceName" };
const container = together(cloudResource, {
  string: "ContainerId ContainerName KubernetesNamespace KubernetesPodName KubernetesResource",
});

const servicePrincipalSignIn = together(time, {
  bool: "IsManagedIdentity",
  int: "ErrorCode",
  string: `Application ApplicationId City CorrelationId Country IPAddress Latitude Longitude ReportId RequestId
    ResourceDisplayName ResourceId ResourceTenantId ServicePrincipalId ServicePrincipalName State`,
});

export const huntingTables: Readonly<Record<string, ColumnWords>> = {
  AADSpnSignInEventsBeta: servicePrincipalSignIn,
  EntraIdSpnSignInEvents: servicePrincipalSignIn,
  EntraIdSignInEvents: together(time, {
    bool: "IsGuestUser IsThroughGlobalSecureAccess",
    datetime: "LastPasswordChangeTimestamp",
    int: `ConditionalAccessStatus ErrorCode IsCompliant IsExternalUser IsManaged RiskDetails RiskLevelAggregated RiskState
      TokenIssuerType`,
    string: `AccountDisplayName AccountObjectId AccountUpn AlternateSignInName Application ApplicationId
      AuthenticationProcessingDetails AuthenticationRequirement Browser City ClientAppUsed ConditionalAccessPolicies
      CorrelationId Country DeviceName DeviceTrustType EndpointCall EntraIdDeviceId IPAddress Latitude LogonType Longitude
      NetworkLocationDetails OSPlatform ReportId RequestId ResourceDisplayName ResourceId ResourceTenantId SessionId State
      UniqueTokenId UserAgent`,
  }),
  AIAgentsInfo: together(time, {
    datetime: "AgentCreationTime LastModifiedTime LastPublishedTime",
    dynamic: "AgentToolsDetails AgentTopicsDetails AuthorizedSecurityGroupIds",
    guid: "AIAgentId",
    string: `AIAgentName AccessControlPolicy AgentActionTriggers AgentDescription AgentStatus AgentUsers
      AuthenticationTrigger CreatorAccountUpn EnvironmentId KnowledgeDetails LastModifiedByUpn LastPublishedByUpn
      OwnerAccountUpns Platform RawAgentInfo UserAuthenticationType`,
  }),
  CloudAuditEvents: together(time, {
    bool: "IsAnonymousProxy",
    dynamic: "AdditionalFields RawEventData",
    string: "ActionType City CountryCode DataSource IPAddress Isp OperationName ReportId ResourceId UserAgent",
  }),
  CloudDnsEvents: together(time, container, {
    dynamic: "AdditionalFields",
    long: "DnsNetworkDuration ProcessId",
    string: `ActionType DnsEventSubType DnsEventType DnsQuery DnsQueryTypeName DnsResponseCodeName HostName ImageDigest
      ImageName ProcessName Region ReportId TransactionIdHex`,
  }),
  CloudProcessEvents: together(time, container, {
    datetime: "ProcessCreationTime",
    long: "LogonId ProcessId",
    string: `AccountName ActionType AdditionalFields ContainerImageName FileName FolderPath InitiatingProcessId
      ParentProcessId ParentProcessName ProcessCommandLine ProcessCurrentWorkingDirectory ProcessName`,
  }),
  CloudStorageAggregatedEvents: together(time, {
    bool: "HasAnonymousResourceNotFoundFailures IsKnownSuspiciousIp IsPrivateIp IsTorExitNode",
    datetime: "DataAggregationEndTime DataAggregationStartTime FirstEventTimestamp LastEventTimestamp",
    dynamic: "AdditionalFields HashReputationMd5List OperationNamesList",
    int: `AnonymousSuccessfulOperations DistinctGetOperations FailedOperationsCount OperationsCount
      SuccessfulOperationsCount SuccessfulReadOperations TotalResponseLength`,
    long: "AccountTenantId AccountType",
    string: `AccountApplicationId AccountObjectId AccountUpn ActionType AuthenticationType AzureResourceId CityName
      ClientCloudPlatformName ClientSystemServiceName CountryName DataSource IpAddress Location ProvinceName ReportId
      ResourceGroup ServiceType StorageAccount StorageContainer StorageFileShare SubscriptionId SuspiciousUserAgentName
      UserAgentHeader`,
  }),
  DataSecurityBehaviors: together(time, {
    bool: "IsAnomalous IsContentHidden",
    datetime: "EndTime StartTime",
    dynamic: `DeviceInfo PrinterName PriorityContentMatchInfo RecipientEmailInfo RemovableMediaInfo SensitiveInfoTypesInfo
      SensitivityLabelInfo SharepointSiteInfo UrlDomainInfo`,
    int: "ActivityCount",
    string: `AccountEmail AccountUpn ActionCategory ActionType Application AttackTechniques BehaviorId Categories
      Description DetectionSource ServiceSource`,
  }),
  DataSecurityEvents: together(time, {
    bool: "IsHidden IsManagedDevice",
    dynamic: "CcPolicyMatchInfo DlpPolicyRuleMatchInfo EmailAttachmentInfo IrmPolicyMatchInfo SensitiveInfoTypeInfo",
    guid: "AadDeviceId ActivityId NetworkMessageId",
    int: `DeviceDestinationLocationType DeviceSourceLocationType DlpPolicyEnforcementMode EmailAttachmentCount ObjectSize`,
    string: `AccountObjectId AccountUpn ActionType ApplicationNames CloudAppAlertId Department DeviceId DeviceName
      DlpPolicyMatchInfo EmailSubject ExternalUrlDomains FileRenameInfo IPAddress InternetMessageId IrmActionCategory
      ObjectId ObjectName ObjectType Operation PhysicalAccessPointId PhysicalAccessPointName PhysicalAccessStatus
      PhysicalAssetTag PreviousSensitivityLabelId PrinterName RecipientEmailAddress RemovableMediaManufacturer
      RemovableMediaModel RemovableMediaSerialNumber SensitivityLabelId SequenceCorrelationId
      SharepointSiteSensitivityLabelIds SiteUrl SourceCodeInfo SourceRelativeUrl SourceUrlDomain TargetFilePath
      TargetUrlDomain TeamsChannelName TeamsChannelType TeamsTeamName UnallowedUrlDomains UrlDomainInfo
      UserAlternateEmails Workload`,
  }),
  DeviceBaselineComplianceAssessment: {
    bool: "IsApplicable IsCompliant IsExempt",
    dynamic: "CurrentValue RecommendedValue Source",
    string: "ConfigurationId DeviceId DeviceName OSPlatform OSVersion ProfileId",
  },
  DeviceBaselineComplianceAssessmentKB: {
    dynamic: "BenchmarkProfileLevels RecommendedValue Source",
    string: `CCEReference ConfigurationBenchmark ConfigurationCategory ConfigurationDescription ConfigurationId
      ConfigurationName ConfigurationRationale RemediationOptions`,
  },
  DeviceBaselineComplianceProfiles: {
    bool: "Status",
    datetime: "CreatedOn LastUpdatedOn",
    dynamic: "OSPlatform",
    string: `BaseBenchmark BenchmarkProfileLevel BenchmarkVersion CreatedBy LastUpdatedBy OSVersion ProfileDescription
      ProfileId ProfileName`,
  },
  DeviceTvmBrowserExtensions: {
    datetime: "InstallationTime",
    string: `BrowserName DeviceId ExtensionDescription ExtensionId ExtensionName ExtensionRisk ExtensionVendor
      ExtensionVersion IsActivated`,
  },
  DeviceTvmBrowserExtensionsKB: {
    dynamic: "ExtensionVersion",
    string: `BrowserName ExtensionDescription ExtensionId ExtensionName ExtensionRisk IsPermissionRequired
      PermissionDescription PermissionId PermissionName PermissionRisk`,
  },
  DeviceTvmCertificateInfo: {
    dynamic: "IssuedBy IssuedTo",
    string: `DeviceId ExpirationDate ExtendedKeyUsage FriendlyName IssueDate KeySize KeyUsage Path SerialNumber
      SignatureAlgorithm SubjectType Thumbprint`,
  },
  DeviceTvmHardwareFirmware: {
    dynamic: "AdditionalFields",
    string: "ComponentFamily ComponentName ComponentType ComponentVersion DeviceId DeviceName Manufacturer",
  },
  DeviceTvmInfoGathering: together(time, {
    datetime: "LastSeenTime",
    dynamic: "AdditionalFields",
    string: "DeviceId DeviceName OSPlatform",
  }),
  DeviceTvmInfoGatheringKB: { dynamic: "Categories", string: "DataStructure Description FieldName IgId" },
  DeviceTvmSoftwareEvidenceBeta: {
    dynamic: "DiskPaths RegistryPaths",
    string: "DeviceId LastSeenTime SoftwareName SoftwareVendor SoftwareVersion",
  },
  DisruptionAndResponseEvents: together(time, {
    bool: "IsPolicyOn",
    dynamic: "DataSources",
    int: "CompromisedAccountCount InitiatingProcessId SourcePort",
    long: "LogonId SessionId",
    string: `ActionType AuthenticationProtocol DeviceId DeviceName DomainName FileName IPAddress InitiatingProcessFileName
      InterfaceFriendlyName InterfaceUuidSourceDomainName LogonType PolicyHash PolicyId PolicyName PolicyVersion Port
      ReportType Service ShareName SourceDeviceId SourceDeviceName SourceDomainName SourceIPAddress SourceUserDomainName
      SourceUserName SourceUserSid TargetDeviceId TargetDeviceName TargetDomainName`,
  }),
  ExposureGraphEdges: {
    dynamic: "EdgeProperties SourceNodeCategories TargetNodeCategories",
    string: `EdgeId EdgeLabel SourceNodeId SourceNodeLabel SourceNodeName TargetNodeId TargetNodeLabel TargetNodeName`,
  },
  ExposureGraphNodes: {
    dynamic: "Categories EntityIds NodeProperties",
    string: "NodeId NodeLabel NodeName",
  },
  // The page says that its time is a string, and describes it as a time.
  GraphApiAuditEvents: together(time, {
    int: "ResponseSize",
    string: `AccountObjectId ApiVersion ApplicationId ClientRequestId EntityType IPAddress IdentityProvider Location
      OperationId RequestDuration RequestId RequestMethod RequestUri ResponseStatusCode Scopes ServicePrincipalId
      TargetWorkload UniqueTokenIdentifier`,
  }),
  IdentityAccountInfo: together(time, {
    bool: "IsPrimary",
    datetime: "CreatedDateTime DefenderRiskUpdateTime DeletedDateTime IdentityLinkTime LastPasswordChangeTime",
    dynamic: `AdditionalFields AssignedRoles EligibleRoles EnrolledMfas GroupMembership SourceProvderRiskLevel Tags`,
    int: "CriticalityLevel DefenderRiskLevel",
    string: `AccountId AccountStatus AccountUpn Address AuthenticationMethod AuthenticationSourceAcccountId City Country
      Department DisplayName EmailAddress EmployeeId GivenName IdentityId IdentityLinkBy IdentityLinkReason
      IdentityLinkType JobTitle Manager Phone ReportId Sid SourceProvider SourceProviderAccountId
      SourceProviderInstanceDisplayName SourceProviderInstanceId Surname TenantId TenantMembershipType Type`,
  }),
  IdentityEvents: together(time, {
    dynamic: "AdditionalFields RawEventData TargetObjects",
    string: `AccountDisplayName AccountId AccountType AccountUpn ActionFailureReason ActionResult ActionType Application
      ApplicationEventId ApplicationInstanceId ApplicationSessionId IPAddress ReportId UserAgent`,
  }),
  MessageEvents: together(time, {
    bool: "IsExternalThread IsOwnedThread",
    dynamic: "ConfidenceLevel DetectionMethods RecipientDetails",
    string: `DeliveryAction DeliveryLocation GroupId GroupName LastEditedTime MessageFormatSubtype MessageFormatType
      MessageId MessageSubject MessageVersion ParentMessageId ReportId SafetyTip SenderDisplayName SenderEmailAddress
      SenderObjectId SenderType TeamsMessageId ThreadId ThreadSubtype ThreatTypes`,
  }),
  MessagePostDeliveryEvents: together(time, {
    bool: "IsExternalThread",
    dynamic: "ConfidenceLevel RecipientDetails",
    string: `Action ActionResult ActionTrigger ActionType DetectionMethods LatestDeliveryLocation ReportId SafetyTip
      SenderEmailAddress TeamsMessageId ThreatTypes`,
  }),
  MessageUrlInfo: together(time, { string: "ReportId TeamsMessageId ThreatTypes Url UrlDomain" }),
  OAuthAppInfo: together(time, {
    bool: "IsAdminConsented",
    datetime: "AddedOnTime LastModifiedTime LastUsedTime",
    dynamic: "AssignedRoles Permissions VerifiedPublisher",
    int: "ConsentedUsersCount RiskScore",
    string: "AppName AppOrigin AppOwnerTenantId AppStatus OAuthAppId PrivilegeLevel ReportId ServicePrincipalId",
  }),
};
