import { applicationTables } from "./applications.ts";
import { asimTables } from "./asim.ts";
import { azureTables } from "./azure.ts";
import { type ColumnWords, together } from "./columns.ts";
import { communicationTables } from "./communications.ts";
import { connectedTables } from "./connected.ts";
import { containerTables } from "./containers.ts";
import { databaseTables } from "./databases.ts";
import { desktopTables } from "./desktops.ts";
import { identityTables } from "./identities.ts";
import { machineTables } from "./machines.ts";
import { monitoringTables } from "./monitoring.ts";
import { networkTables } from "./networks.ts";
import { workspaceTables } from "./workspace.ts";

/* Tables of a workspace of Microsoft Sentinel. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

const record: ColumnWords = {
  datetime: "TimeGenerated",
  real: "_BilledSize",
  string: "TenantId SourceSystem Type _IsBillable _ItemId _ResourceId _SubscriptionId",
};

const signIn = together(record, {
  bool: "IsInteractive IsRisky",
  datetime: "CreatedDateTime",
  dynamic: "AppliedEventListeners",
  long: "DurationMs",
  string: `AlternateSignInName AppDisplayName AppId AuthenticationContextClassReferences AuthenticationDetails
    AuthenticationMethodsUsed AuthenticationProcessingDetails AuthenticationProtocol AuthenticationRequirement
    AuthenticationRequirementPolicies AutonomousSystemNumber Category ClientAppUsed ConditionalAccessStatus CorrelationId
    CrossTenantAccessType HomeTenantId Id Identity IPAddress Level Location NetworkLocationDetails OperationName
    OperationVersion OriginalRequestId ResourceDisplayName ResourceGroup ResourceIdentity ResourceServicePrincipalId
    ResourceTenantId ResultDescription ResultSignature ResultType RiskDetail RiskEventTypes RiskEventTypes_V2
    RiskLevelAggregated RiskLevelDuringSignIn RiskState ServicePrincipalId SessionLifetimePolicies SignInIdentifierType
    TokenIssuerName TokenIssuerType UniqueTokenIdentifier UserAgent UserDisplayName UserId UserPrincipalName UserType`,
});

/** Of services that few workspaces hear of. */
export const furtherTables: Readonly<Record<string, ColumnWords>> = {
  ...applicationTables,
  ...azureTables,
  ...communicationTables,
  ...connectedTables,
  ...containerTables,
  ...databaseTables,
  ...desktopTables,
  ...identityTables,
  ...machineTables,
  ...monitoringTables,
  ...networkTables,
};

export const sentinelTables: Readonly<Record<string, ColumnWords>> = {
  ...workspaceTables,
  ...asimTables,
  ...furtherTables,
  SigninLogs: together(signIn, {
    bool: "FlaggedForReview",
    dynamic: "ConditionalAccessPolicies DeviceDetail LocationDetails MfaDetail Status",
    string: `AADTenantId AppliedConditionalAccessPolicies IPAddressFromResourceProvider ProcessingTimeInMilliseconds
      Resource ResourceId ResourceProvider RiskLevel ServicePrincipalName SignInIdentifier`,
  }),
  AADNonInteractiveUserSignInLogs: together(signIn, {
    string: `ConditionalAccessPolicies DeviceDetail LocationDetails MfaDetail ProcessingTimeInMs SignInEventTypes
      Status`,
  }),
  AuditLogs: together(record, {
    datetime: "ActivityDateTime",
    dynamic: "AdditionalDetails InitiatedBy TargetResources",
    long: "DurationMs",
    string: `AADOperationType AADTenantId ActivityDisplayName Category CorrelationId Id Identity Level Location
      LoggedByService OperationName OperationVersion Resource ResourceGroup ResourceId ResourceProvider Result
      ResultDescription ResultReason ResultSignature ResultType`,
  }),
  Syslog: together(record, {
    datetime: "EventTime",
    int: "ProcessID",
    string: "CollectorHostName Computer Facility HostIP HostName ProcessName SeverityLevel SyslogMessage",
  }),
  AzureActivity: together(record, {
    datetime: "EventSubmissionTimestamp",
    dynamic: "Authorization_d Claims_d Properties_d",
    string: `ActivityStatus ActivityStatusValue ActivitySubstatus ActivitySubstatusValue Authorization Caller
      CallerIpAddress Category CategoryValue Claims CorrelationId EventDataId Hierarchy HTTPRequest Level OperationId
      OperationName OperationNameValue Properties Resource ResourceGroup ResourceId ResourceProvider
      ResourceProviderValue SubscriptionId`,
  }),
  SecurityAlert: together(record, {
    bool: "IsIncident",
    datetime: "EndTime ProcessingEndTime StartTime",
    real: "ConfidenceScore",
    string: `AlertLink AlertName AlertSeverity AlertType CompromisedEntity ConfidenceLevel Description DisplayName
      Entities ExtendedLinks ExtendedProperties ProductComponentName ProductName ProviderName RemediationSteps ResourceId
      SourceComputerId Status SubTechniques SystemAlertId Tactics Techniques VendorName VendorOriginalId
      WorkspaceResourceGroup WorkspaceSubscriptionId`,
  }),
  SecurityIncident: together(record, {
    datetime: "ClosedTime CreatedTime FirstActivityTime FirstModifiedTime LastActivityTime LastModifiedTime",
    dynamic: "AdditionalData AlertIds BookmarkIds Comments Labels Owner RelatedAnalyticRuleIds Tasks",
    int: "IncidentNumber",
    string: `Classification ClassificationComment ClassificationReason Description IncidentName IncidentUrl ModifiedBy
      ProviderIncidentId ProviderName Severity Status Title`,
  }),
  IdentityInfo: together(record, {
    bool: "IsAccountEnabled IsMFARegistered IsServiceAccount",
    datetime: "AccountCreationTime DeletedDateTime LastSeenDate UserStateChangedOn",
    dynamic: `AdditionalMailAddresses AssignedRoles EntityRiskScore ExtensionProperty GroupMembership RelatedAccounts
      ServicePrincipals UserAccountControl`,
    int: "InvestigationPriority InvestigationPriorityPercentile",
    string: `AccountCloudSID AccountDisplayName AccountDomain AccountName AccountObjectId AccountSID AccountTenantId
      AccountUPN Applications BlastRadius ChangeSource City CompanyName Country Department EmployeeId GivenName JobTitle
      MailAddress Manager OnPremisesDistinguishedName OnPremisesExtensionAttributes Phone RiskLevel RiskLevelDetails
      RiskState SAMAccountName State StreetAddress Surname Tags UACFlags UserState UserType`,
  }),
  WindowsEvent: together(record, {
    dynamic: "EventData",
    int: "EventID EventLevel SystemProcessId SystemThreadId Task Version",
    string: `Channel Computer Correlation EventLevelName EventOriginId EventRecordId Keywords ManagementGroupName Opcode
      Provider RawEventData SystemUserId`,
  }),
  CommonSecurityLog: together(record, {
    datetime: "EndTime StartTime",
    int: `DestinationPort DestinationProcessId DestinationTranslatedPort DeviceCustomNumber1 DeviceCustomNumber2
      DeviceCustomNumber3 EventCount EventType ExternalID FileSize FlexNumber1 FlexNumber2 OldFileSize ProcessID SourcePort
      SourceProcessId SourceTranslatedPort ThreatSeverity`,
    long: "FieldDeviceCustomNumber1 FieldDeviceCustomNumber2 FieldDeviceCustomNumber3 ReceivedBytes SentBytes",
    real: `DeviceCustomFloatingPoint1 DeviceCustomFloatingPoint2 DeviceCustomFloatingPoint3 DeviceCustomFloatingPoint4
      MaliciousIPLatitude MaliciousIPLongitude`,
    string: `Activity AdditionalExtensions ApplicationProtocol CollectorHostName CommunicationDirection Computer
      DestinationDnsDomain DestinationHostName DestinationIP DestinationMACAddress DestinationNTDomain
      DestinationProcessName DestinationServiceName DestinationTranslatedAddress DestinationUserID DestinationUserName
      DestinationUserPrivileges DeviceAction DeviceAddress DeviceCustomDate1 DeviceCustomDate1Label DeviceCustomDate2
      DeviceCustomDate2Label DeviceCustomFloatingPoint1Label DeviceCustomFloatingPoint2Label
      DeviceCustomFloatingPoint3Label DeviceCustomFloatingPoint4Label DeviceCustomIPv6Address1
      DeviceCustomIPv6Address1Label DeviceCustomIPv6Address2 DeviceCustomIPv6Address2Label DeviceCustomIPv6Address3
      DeviceCustomIPv6Address3Label DeviceCustomIPv6Address4 DeviceCustomIPv6Address4Label DeviceCustomNumber1Label
      DeviceCustomNumber2Label DeviceCustomNumber3Label DeviceCustomString1 DeviceCustomString1Label DeviceCustomString2
      DeviceCustomString2Label DeviceCustomString3 DeviceCustomString3Label DeviceCustomString4 DeviceCustomString4Label
      DeviceCustomString5 DeviceCustomString5Label DeviceCustomString6 DeviceCustomString6Label DeviceDnsDomain
      DeviceEventCategory DeviceEventClassID DeviceExternalID DeviceFacility DeviceInboundInterface DeviceMacAddress
      DeviceName DeviceNtDomain DeviceOutboundInterface DevicePayloadId DeviceProduct DeviceTimeZone
      DeviceTranslatedAddress DeviceVendor DeviceVersion EventOutcome ExtID FileCreateTime FileHash FileID
      FileModificationTime FileName FilePath FilePermission FileType FlexDate1 FlexDate1Label FlexNumber1Label
      FlexNumber2Label FlexString1 FlexString1Label FlexString2 FlexString2Label IndicatorThreatType LogSeverity
      MaliciousIP MaliciousIPCountry Message OldFileCreateTime OldFileHash OldFileID OldFileModificationTime OldFileName
      OldFilePath OldFilePermission OldFileType OriginalLogSeverity ProcessName Protocol Reason ReceiptTime RemoteIP
      RemotePort ReportReferenceLink RequestClientApplication RequestContext RequestCookies RequestMethod RequestURL
      SimplifiedDeviceAction SourceDnsDomain SourceHostName SourceIP SourceMACAddress SourceNTDomain SourceProcessName
      SourceServiceName SourceTranslatedAddress SourceUserID SourceUserName SourceUserPrivileges ThreatConfidence
      ThreatDescription`,
  }),
  OfficeActivity: together(record, {
    bool: "CrossMailboxOperations IsManagedDevice",
    datetime: "ElevationApprovedTime ElevationTime Start_Time",
    dynamic: "ExtraProperties Members OperationProperties SRRuleMatchDetails",
    int: "DataCenterSecurityEventType ElevationDuration InternalLogonType LoginStatus",
    string: `AADGroupId AADTarget Activity Actor ActorContextId ActorIpAddress AddOnGuid AddonName AddOnType AffectedItems AppPoolName
      AppDistributionMode AppId Application ApplicationId AzureActiveDirectory_EventType AzureADAppId ChannelGuid
      ChannelName ChannelType ChatName ChatThreadId Client Client_IPAddress ClientAppId ClientInfoString ClientIP
      ClientMachineName ClientProcessName ClientVersion CommunicationType CustomEvent DestFolder DestinationFileExtension
      DestinationFileName DestinationRelativeUrl DestMailboxId DestMailboxOwnerMasterAccountSid DestMailboxOwnerSid
      DestMailboxOwnerUPN EffectiveOrganization ElevationApprover ElevationRequestId ElevationRole Event_Data EventSource
      ExtendedProperties ExternalAccess Folder Folders GenericInfo InterSystemsId IntraSystemId Item ItemName ItemType
      Logon_Type LogonUserDisplayName LogonUserSid MachineDomainInfo MachineId MailboxGuid MailboxOwnerMasterAccountSid
      MailboxOwnerSid MailboxOwnerUPN MessageId ModifiedObjectResolvedName ModifiedProperties Name NewValue OfficeId
      OfficeObjectId OfficeTenantId OfficeWorkload OldValue Operation OperationScope OrganizationId OrganizationName
      OriginatingServer Parameters RecordType ResultReasonType ResultStatus SendAsUserMailboxGuid SendAsUserSmtp
      SendonBehalfOfUserMailboxGuid SendOnBehalfOfUserSmtp SharingType Site_ Site_Url Source_Name SourceFileExtension
      SourceFileName SourceRecordId SourceRelativeUrl SRPolicyId SRPolicyName SupportTicketId TabType TargetContextId
      TargetUserId TargetUserOrGroupName TargetUserOrGroupType TeamGuid TeamName UserAgent UserDomain UserId UserKey
      UserSharedWith UserType`,
  }),
  SecurityEvent: together(record, {
    int: `AuditsDiscarded AuthenticationLevel AuthenticationService ErrorCode EventID KeyLength LogonType ServiceStartType
      SystemProcessId SystemThreadId Task Version`,
    string: `AccessMask Account AccountDomain AccountExpires AccountName AccountSessionIdentifier AccountType Activity
      AdditionalInfo AdditionalInfo2 AllowedToDelegateTo Attributes AuditPolicyChanges AuthenticationPackageName
      AuthenticationProvider AuthenticationServer AuthenticationType AzureDeploymentID CACertificateHash CalledStationID
      CallerProcessId CallerProcessName CallingStationID CAPublicKeyHash CategoryId CertificateDatabaseHash Channel ClassId
      ClassName ClientAddress ClientIPAddress ClientName CommandLine CompatibleIds Computer DCDNSName DeviceDescription
      DeviceId DisplayName Disposition DomainBehaviorVersion DomainName DomainPolicyChanged DomainSid EAPType ElevatedToken
      Correlation EventData EventRecordId EventSourceName Keywords Opcode SystemUserId ExtendedQuarantineState FailureReason FileHash FilePath FilePathNoUser Filter ForceLogoff
      Fqbn FullyQualifiedSubjectMachineName FullyQualifiedSubjectUserName GroupMembership HandleId HardwareIds
      HomeDirectory HomePath InterfaceUuid IpAddress IpPort Level LmPackageName LocationInformation LockoutDuration
      LockoutObservationWindow LockoutThreshold LoggingResult LogonGuid LogonHours LogonID LogonProcessName LogonTypeName
      MachineAccountQuota MachineInventory MachineLogon ManagementGroupName MandatoryLabel MaxPasswordAge MemberName
      MemberSid MinPasswordAge MinPasswordLength MixedDomainMode NASIdentifier NASIPv4Address NASIPv6Address NASPort
      NASPortType NetworkPolicyName NewDate NewMaxUsers NewProcessId NewProcessName NewRemark NewShareFlags NewTime
      NewUacValue NewValue NewValueType ObjectName ObjectServer ObjectType ObjectValueName OemInformation OldMaxUsers
      OldRemark OldShareFlags OldUacValue OldValue OldValueType OperationType PackageName ParentProcessName
      PasswordHistoryLength PasswordLastSet PasswordProperties PreviousDate PreviousTime PrimaryGroupId
      PrivateKeyUsageCount PrivilegeList Process ProcessId ProcessName ProfilePath Properties ProtocolSequence
      ProxyPolicyName QuarantineHelpURL QuarantineSessionID QuarantineSessionIdentifier QuarantineState
      QuarantineSystemHealthResult RelativeTargetName RemoteIpAddress RemotePort Requester RequestId RestrictedAdminMode
      RowsDeleted SamAccountName ScriptPath SecurityDescriptor ServiceAccount ServiceFileName ServiceName ServiceType
      SessionName ShareLocalPath ShareName SidHistory SourceComputerId Status StorageAccount SubcategoryGuid SubcategoryId
      Subject SubjectAccount SubjectDomainName SubjectKeyIdentifier SubjectLogonId SubjectMachineName SubjectMachineSID
      SubjectUserName SubjectUserSid SubStatus TableId TargetAccount TargetDomainName TargetInfo TargetLinkedLogonId
      TargetLogonGuid TargetLogonId TargetOutboundDomainName TargetOutboundUserName TargetServerName TargetSid TargetUser
      TargetUserName TargetUserSid TemplateContent TemplateDSObjectFQDN TemplateInternalName TemplateOID
      TemplateSchemaVersion TemplateVersion TokenElevationType TransmittedServices UserAccountControl UserParameters
      UserPrincipalName UserWorkstations VendorIds VirtualAccount Workstation WorkstationName`,
  }),
};
