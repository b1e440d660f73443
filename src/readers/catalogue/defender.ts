import { type ColumnWords, namesIn, prefixed, together } from "./columns.ts";
import { huntingTables } from "./hunting.ts";

/*
 * Tables of Microsoft Defender XDR, with the columns that they have in a workspace of Microsoft Sentinel too.
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables-category
 * Where the two differ the type of the workspace counts: `AdditionalFields` is dynamic there, and a string here.
 */

/** What a workspace adds to every table. */
const workspace: ColumnWords = {
  datetime: "TimeGenerated",
  string: "TenantId SourceSystem Type _IsBillable",
  real: "_BilledSize",
};
export const workspaceColumns: readonly string[] = Object.values(workspace).flatMap(namesIn);

const event = together({ datetime: "Timestamp" }, workspace);

const versionInfo = prefixed("VersionInfo", {
  string: "CompanyName FileDescription InternalFileName OriginalFileName ProductName ProductVersion",
});

const account: ColumnWords = { string: "AccountDomain AccountName AccountObjectId AccountSid AccountUpn" };

const initiatingProcess = prefixed(
  "InitiatingProcess",
  together(account, versionInfo, {
    datetime: "CreationTime ParentCreationTime",
    long: "FileSize Id LogonId ParentId SessionId",
    bool: "RemoteSession",
    string: `CommandLine FileName FolderPath IntegrityLevel MD5 ParentFileName RemoteSessionDeviceName RemoteSessionIP
      SHA1 SHA256 SignatureStatus SignerType TokenElevation UniqueId`,
  }),
);

const deviceEvent = together(event, initiatingProcess, {
  bool: "IsInitiatingProcessRemoteSession",
  dynamic: "AdditionalFields",
  long: "ReportId",
  string: "ActionType AppGuardContainerId DeviceId DeviceName MachineGroup",
});

const file: ColumnWords = { long: "FileSize", string: "FileName FolderPath MD5 SHA1 SHA256" };
const fileOrigin: ColumnWords = { string: "FileOriginIP FileOriginReferrerUrl FileOriginUrl" };
const remote: ColumnWords = { int: "RemotePort", string: "RemoteIP RemoteIPType RemoteDeviceName" };
const process: ColumnWords = together(prefixed("Process", versionInfo), {
  bool: "IsProcessRemoteSession",
  datetime: "ProcessCreationTime",
  long: "LogonId ProcessId CreatedProcessSessionId",
  string: `ProcessCommandLine ProcessIntegrityLevel ProcessRemoteSessionDeviceName ProcessRemoteSessionIP
    ProcessTokenElevation ProcessUniqueId`,
});
const registry: ColumnWords = { string: "RegistryKey RegistryValueData RegistryValueName RegistryValueType" };

const software: ColumnWords = {
  string: "DeviceId DeviceName OSArchitecture OSPlatform OSVersion SoftwareName SoftwareVendor SoftwareVersion",
};

const identityEvent = together(event, account, {
  dynamic: "AdditionalFields",
  string: `AccountDisplayName ActionType Application DestinationDeviceName DestinationIPAddress DestinationPort DeviceName
    IPAddress ISP Location Port Protocol ReportId TargetAccountDisplayName TargetDeviceName`,
});

export const defenderTables: Readonly<Record<string, ColumnWords>> = {
  DeviceNetworkEvents: together(deviceEvent, remote, {
    int: "LocalPort",
    string: "LocalIP LocalIPType Protocol RemoteUrl",
  }),
  DeviceProcessEvents: together(deviceEvent, account, file, process),
  DeviceFileEvents: together(deviceEvent, file, fileOrigin, {
    bool: "IsAzureInfoProtectionApplied",
    int: "RequestSourcePort",
    string: `PreviousFileName PreviousFolderPath RequestAccountDomain RequestAccountName RequestAccountSid
      RequestProtocol RequestSourceIP SensitivityLabel SensitivitySubLabel ShareName`,
  }),
  DeviceLogonEvents: together(deviceEvent, account, remote, {
    bool: "IsLocalAdmin",
    long: "LogonId",
    string: "FailureReason LogonType Protocol",
  }),
  DeviceRegistryEvents: together(deviceEvent, registry, prefixed("Previous", registry)),
  DeviceImageLoadEvents: together(deviceEvent, file),
  DeviceEvents: together(deviceEvent, account, file, fileOrigin, process, registry, remote, {
    int: "LocalPort",
    string: "LocalIP RemoteUrl",
  }),
  DeviceInfo: together(event, {
    bool: "IsAzureADJoined IsExcluded IsInternetFacing IsTransient",
    dynamic: "AdditionalFields LoggedOnUsers",
    long: "OSBuild ReportId",
    string: `AadDeviceId AssetValue AwsResourceName AzureResourceId ClientVersion CloudPlatforms ConnectivityType
      DeviceCategory DeviceDynamicTags DeviceId DeviceManualTags DeviceName DeviceObjectId DeviceSubtype DeviceType
      ExclusionReason ExposureLevel GcpFullResourceName HardwareUuid HostDeviceId JoinType MachineGroup MergedDeviceIds
      MergedToDeviceId MitigationStatus Model OnboardingStatus OSArchitecture OSDistribution OSPlatform OSVersion
      OSVersionInfo PublicIP RegistryDeviceTag SensorHealthState Vendor`,
  }),
  EmailEvents: together(event, {
    dynamic: "AdditionalFields",
    int: "AttachmentCount BulkComplaintLevel UrlCount",
    long: "EmailClusterId",
    string: `AuthenticationDetails ConfidenceLevel Connectors DeliveryAction DeliveryLocation DetectionMethods EmailAction
      EmailActionPolicy EmailActionPolicyGuid EmailDirection EmailLanguage ExchangeTransportRule InternetMessageId
      LatestDeliveryAction LatestDeliveryLocation NetworkMessageId OrgLevelAction OrgLevelPolicy RecipientEmailAddress
      RecipientObjectId ReportId SenderDisplayName SenderFromAddress SenderFromDomain SenderIPv4 SenderIPv6
      SenderMailFromAddress SenderMailFromDomain SenderObjectId Subject ThreatNames ThreatTypes UserLevelAction
      UserLevelPolicy`,
  }),
  EmailAttachmentInfo: together(event, {
    long: "FileSize",
    string: `DetectionMethods FileName FileType NetworkMessageId RecipientEmailAddress RecipientObjectId ReportId
      SenderDisplayName SenderFromAddress SenderObjectId SHA256 ThreatNames ThreatTypes`,
  }),
  EmailUrlInfo: together(event, { string: "NetworkMessageId ReportId Url UrlDomain UrlLocation" }),
  UrlClickEvents: together(event, {
    bool: "IsClickedThrough",
    string: `AccountUpn ActionType DetectionMethods IPAddress NetworkMessageId ReportId ThreatTypes Url UrlChain
      Workload`,
  }),
  IdentityLogonEvents: together(identityEvent, {
    string: "DeviceType FailureReason Isp LogonType OSPlatform",
  }),
  IdentityDirectoryEvents: together(identityEvent, { string: "TargetAccountUpn" }),
  AADSignInEventsBeta: {
    bool: "IsGuestUser",
    datetime: "LastPasswordChangeTimestamp Timestamp TimeGenerated",
    int: `ConditionalAccessStatus IsCompliant IsExternalUser IsManaged RiskDetails RiskLevelAggregated
      RiskLevelDuringSignIn RiskState TokenIssuerType`,
    string: `AadDeviceId AccountDisplayName AccountObjectId AccountUpn AlternateSignInName Application ApplicationId
      AuthenticationProcessingDetails AuthenticationRequirement Browser City ClientAppUsed ConditionalAccessPolicies
      CorrelationId Country DeviceName DeviceTrustType ErrorCode IPAddress Latitude LogonType Longitude
      NetworkLocationDetails OSPlatform ReportId RequestId ResourceDisplayName ResourceId ResourceTenantId SessionId
      State UserAgent`,
  },
  CloudAppEvents: together(event, {
    bool: "IsAdminOperation IsAnonymousProxy IsExternalUser IsImpersonated",
    dynamic: "ActivityObjects AdditionalFields IPTags RawEventData SessionData UserAgentTags",
    int: "AppInstanceId ApplicationId",
    string: `AccountDisplayName AccountId AccountObjectId AccountType ActionType ActivityType Application AuditSource City
      CountryCode DeviceType IPAddress IPCategory ISP Isp LastSeenForUser OAuthAppId ObjectId ObjectName ObjectType
      OSPlatform ReportId UncommonForUser UserAgent`,
  }),
  AlertInfo: together(event, {
    string: "AlertId AttackTechniques Category DetectionSource ServiceSource Severity Title",
  }),
  AlertEvidence: together(event, account, registry, {
    dynamic: "AdditionalFields",
    int: "ApplicationId",
    long: "FileSize",
    string: `AlertId Application AttackTechniques Categories CloudPlatform CloudResource DetectionSource DeviceId DeviceName
      EmailSubject EntityType EvidenceDirection EvidenceRole FileName FolderPath LocalIP NetworkMessageId
      OAuthApplicationId ProcessCommandLine RemoteIP RemoteUrl ResourceID ResourceType ServiceSource Severity SHA1 SHA256
      SubscriptionId ThreatFamily Title`,
  }),
  BehaviorEntities: together(event, account, {
    dynamic: "AdditionalFields",
    int: "ApplicationId",
    long: "FileSize",
    string: `ActionType Application BehaviorId Categories DataSources DetailedEntityRole DetectionSource DeviceId DeviceName
      EmailClusterId EmailSubject EntityRole EntityType FileName FolderPath LocalIP NetworkMessageId OAuthApplicationId
      ProcessCommandLine RegistryKey RegistryValueData RegistryValueName RemoteIP RemoteUrl SHA1 SHA256 ServiceSource
      ThreatFamily`,
  }),
  BehaviorInfo: together(event, {
    datetime: "EndTime StartTime",
    dynamic: "AdditionalFields",
    string: `AccountObjectId AccountUpn ActionType AttackTechniques BehaviorId Categories DataSources Description
      DetectionSource DeviceId ServiceSource`,
  }),
  CampaignInfo: together(event, {
    string: "CampaignId CampaignName CampaignSubtype CampaignType NetworkMessageId RecipientEmailAddress ReportId",
  }),
  DeviceFileCertificateInfo: together(event, {
    bool: "IsRootSignerMicrosoft IsSigned IsTrusted",
    datetime: "CertificateCountersignatureTime CertificateCreationTime CertificateExpirationTime",
    long: "ReportId",
    string: `CertificateSerialNumber CrlDistributionPointUrls DeviceId DeviceName Issuer IssuerHash SHA1 SignatureType Signer
      SignerHash`,
  }),
  DeviceNetworkInfo: together(event, {
    dynamic: "ConnectedNetworks DefaultGateways DnsAddresses IPAddresses",
    long: "ReportId",
    string: `DeviceId DeviceName IPv4Dhcp IPv6Dhcp MacAddress MachineGroup NetworkAdapterName NetworkAdapterStatus
      NetworkAdapterType NetworkAdapterVendor TunnelType`,
  }),
  DeviceTvmSecureConfigurationAssessment: together(event, {
    bool: "IsApplicable IsCompliant IsExpectedUserImpact",
    dynamic: "Context",
    real: "ConfigurationImpact",
    string: "ConfigurationCategory ConfigurationId ConfigurationSubcategory DeviceId DeviceName OSPlatform",
  }),
  DeviceTvmSecureConfigurationAssessmentKB: together(workspace, {
    dynamic: "ConfigurationBenchmarks Tags",
    real: "ConfigurationImpact",
    string: `ConfigurationCategory ConfigurationDescription ConfigurationId ConfigurationName ConfigurationSubcategory
      RemediationOptions RiskDescription`,
  }),
  DeviceTvmSoftwareInventory: together(workspace, software, {
    datetime: "EndOfSupportDate",
    string: "EndOfSupportStatus ProductCodeCpe",
  }),
  DeviceTvmSoftwareVulnerabilities: together(workspace, software, {
    dynamic: "CveTags",
    string: "CveId RecommendedSecurityUpdate RecommendedSecurityUpdateId VulnerabilitySeverityLevel",
  }),
  DeviceTvmSoftwareVulnerabilitiesKB: together(workspace, {
    bool: "IsExploitAvailable",
    datetime: "LastModifiedTime PublishedDate",
    dynamic: "AffectedSoftware",
    string: "CveId CvssScore VulnerabilityDescription VulnerabilitySeverityLevel",
  }),
  EmailPostDeliveryEvents: together(event, {
    string: `Action ActionResult ActionTrigger ActionType DeliveryLocation DetectionMethods InternetMessageId NetworkMessageId
      RecipientEmailAddress ReportId ThreatTypes`,
  }),
  FileMaliciousContentInfo: together(event, {
    datetime: "FileCreationTime LastModifiedTime",
    dynamic: "ThreatTypes",
    long: "FileSize",
    string: `DetectionMethods DocumentId FileName FileOwnerDisplayName FileOwnerUpn FolderPath LastModifyingAccountUpn ReportId
      SHA256 ThreatNames Workload`,
  }),
  IdentityQueryEvents: together(identityEvent, { string: "Query QueryTarget QueryType TargetAccountUpn" }),
  ...huntingTables,
};

/**
 * Has columns of its own in advanced hunting; that of a workspace is in `sentinel.ts`.
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-identityinfo-table
 */
export const identityInfo: ColumnWords = {
  bool: "IsAccountEnabled",
  datetime: "CreatedDateTime DeletedDateTime Timestamp",
  dynamic: `AssignedRoles GroupMembership OtherMailAddresses PrivilegedEntraPimRoles SourceProviders Tags`,
  int: "CriticalityLevel",
  string: `AccountDisplayName AccountDomain AccountName AccountObjectId AccountUpn Address BlastRadius ChangeSource City
    CloudSid CompanyName Country Department DistinguishedName EmailAddress EmployeeId GivenName IdentityEnvironment
    JobTitle Manager OnPremObjectId OnPremSid Phone ReportId RiskLevel RiskLevelDetails RiskStatus SipProxyAddress
    SourceProvider SourceSystem State Surname TenantId TenantMembershipType Type UserAccountControl`,
};

/** Columns that have another type in advanced hunting. */
export const huntingTypes: Readonly<Record<string, ColumnWords>> = {
  IdentityDirectoryEvents: { int: "DestinationPort Port" },
  IdentityLogonEvents: { int: "DestinationPort Port" },
  IdentityQueryEvents: { int: "DestinationPort Port" },
  AADSignInEventsBeta: { int: "ErrorCode" },
};
