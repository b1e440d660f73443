import { type ColumnWords, namesIn, prefixed, together } from "./columns.ts";

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
    string: "DeviceType FailureReason LogonType OSPlatform",
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
    dynamic: "ActivityObjects AdditionalFields IPTags RawEventData UserAgentTags",
    int: "AppInstanceId ApplicationId",
    string: `AccountDisplayName AccountId AccountObjectId AccountType ActionType ActivityType Application City CountryCode
      DeviceType IPAddress IPCategory ISP ObjectId ObjectName ObjectType OSPlatform ReportId UserAgent`,
  }),
  AlertInfo: together(event, {
    string: "AlertId AttackTechniques Category DetectionSource ServiceSource Severity Title",
  }),
  AlertEvidence: together(event, account, registry, {
    dynamic: "AdditionalFields",
    int: "ApplicationId",
    long: "FileSize",
    string: `AlertId Application AttackTechniques Categories DetectionSource DeviceId DeviceName EmailSubject EntityType
      EvidenceDirection EvidenceRole FileName FolderPath LocalIP NetworkMessageId OAuthApplicationId ProcessCommandLine
      RemoteIP RemoteUrl ServiceSource SHA1 SHA256 ThreatFamily Title`,
  }),
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
