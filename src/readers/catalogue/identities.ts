import { type ColumnWords, together } from "./columns.ts";
import { record } from "./workspace.ts";

/* Further tables of Microsoft Entra. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

// Microsoft Entra Domain Services.
const domainService = together(record, {
  string: "Category CorrelationId OperationName RecordId ResourceId ResultDescription ResultType",
});

const domainNames = together(record, {
  string: "Name RData RecordId Zone ZoneScope operationName operationVersion resultDescription",
  int: "BufferSize Ttl",
});

export const identityTables: Readonly<Record<string, ColumnWords>> = {
  AADB2CRequestLogs: together(record, {
    string: "AADTenantId CallerIpAddress CorrelationId OperationName ResultSignature ResultType",
  }),
  AADCustomSecurityAttributeAuditLogs: together(record, {
    datetime: "ActivityDateTime",
    dynamic: "AdditionalDetails InitiatedBy TargetResources",
    long: "DurationMs",
    string: `AADOperationType AADTenantId ActivityDisplayName CallerIpAddress CorrelationId Id Identity Level Location
      LoggedByService OperationName OperationVersion Result ResultDescription ResultReason ResultSignature ResultType
      UserAgent`,
  }),
  AADDomainServicesAccountLogon: together(domainService, {
    string: `CertIssuerName CertSerialNumber CertThumbprint ClientUserName FailureCode IpAddress IpPort MappedName
      MappingBy PackageName PreAuthType ServiceName TicketOptions`,
  }),
  AADDomainServicesAccountManagement: together(domainService, {
    datetime: "MembershipExpirationTime",
    string: `AccountExpires AllowedToDelegateTo CallerProcessId CallerProcessName ComputerAccountChange DisplayName
      DnsHostName GroupTypeChange HomeDirectory HomePath LogonHours MemberName MemberSid NewTargetUserName NewUacValue
      OldTargetUserName OldUacValue PasswordLastSet PrimaryGroupId PrivilegeList ProfilePath SamAccountName ScriptPath
      ServicePrincipalNames SidHistory SourceSid SourceUserName Status SubjectDomainName SubjectLogonId SubjectUserName
      SubjectUserSid TargetSid UserAccountControl UserParameters UserPrincipalName UserWorkstations Workstation`,
  }),
  AADDomainServicesDNSAuditsDynamicUpdates: together(domainNames, { string: "EventType Source" }),
  AADDomainServicesDNSAuditsGeneral: together(domainNames, {
    datetime: "LastRolloverTime NextRolloverTime",
    int: `DSRecordSetTtl DSSignatureValidityPeriod DnsKeyRecordSetTtl DnsKeySignatureValidityPeriod ErrorsPerSecond
      IPv4PrefixLength IPv6PrefixLength InitialRolloverOffset KeyLength KeyTag LeakRate NSec3HashAlgorithm
      NSec3Iterations NSec3RandomSaltLength ProcessingOrder PropagationTime QType ResponsePerSecond RolloverPeriod
      ScopeWeight ScopeWeightNew ScopeWeightOld SecureDelegationPollingPeriod SignatureInceptionOffset TCRate
      TotalResponsesInWindow WindowSize ZoneSignatureValidityPeriod`,
    string: `Action ActiveKey Base64Data ChildZone ClientSubnetList ClientSubnetRecord Condition Criteria
      CryptoAlgorithm CurrentRolloverStatus CurrentState DSRecordGenerationAlgorithm DenialOfExistence Digest DigestType
      DistributeTrustAnchor EnableRfc5011KeyRollover EventGuid EventString FilePath Forwarders FriendlyName IsEnabled
      IsKeyMasterServer KeyId KeyMasterServer KeyOrZone KeyProtocol KeyStorageProvider KeyType KskOrZsk ListenAddresses
      Lookup MasterServer Mode NSec3OptOut NSec3UserSalt NameServer NewFriendlyName NewPropertyValues NewScope NewValue
      NextKey NextRolloverAction NodeName OldFriendlyName OldPropertyValues OldScope ParentHasSecureDelegation Policy
      PropertyKey QName RRLExceptionlist RecursionScope ReplicationScope RolloverType ScavengeServers Scope Scopes
      SeizedOrTransfered ServerName Setting StandbyKey StoreKeysInAD SubTreeAging VirtualizationID WithNewKeys
      WithWithout ZoneFile ZoneName`,
  }),
  AADDomainServicesDirectoryServiceAccess: together(domainService, {
    string: `AppCorrelationID AttributeLDAPDisplayName AttributeSyntaxOID AttributeValue DSName DSType NewObjectDN
      ObjectClass ObjectDN ObjectGUID OldObjectDN OpCorrelationID OperationType TreeDelete`,
  }),
  AADDomainServicesLogonLogoff: together(domainService, {
    int: "KeyLength LogonType",
    string: `AuthenticationPackageName ElevatedToken FailureReason ImpersonationLevel LmPackageName LogonGuid
      LogonProcessName RestrictedAdminMode SidList SubStatus TargetDomainName TargetInfo TargetLinkedLogonId
      TargetLogonGuid TargetLogonId TargetOutboundDomainName TargetOutboundUserName TargetServerName TargetUserName
      TargetUserSid TdoSid TransmittedServices VirtualAccount WorkstationName`,
  }),
  AADDomainServicesPolicyChange: together(domainService, {
    int: "CollisionTargetType CrashOnAuditFailValue EntryType Flags TdoAttributes TdoDirection TdoType",
    string: `AccessGranted AccessRemoved AuditPolicyChanges AuditSourceName CategoryId CollisionTargetName
      DisabledPrivilegeList DnsName DomainBehaviorVersion DomainName DomainPolicyChanged DomainSid EnabledPrivilegeList
      EventSourceId ForceLogoff ForestRoot ForestRootSid HandleId KerberosPolicyChange LockoutDuration
      LockoutObservationWindow LockoutThreshold MachineAccountQuota MaxPasswordAge MinPasswordAge MinPasswordLength
      MixedDomainMode NetbiosName NewSd ObjectName ObjectServer ObjectType OemInformation OldSd OperationId
      PasswordHistoryLength PasswordProperties SidFilteringEnabled SubcategoryGuid SubcategoryId TopLevelName`,
  }),
  AADDomainServicesPrivilegeUse: together(domainService, {
    int: "NewState",
    string: "ProcessId ProcessName ResourceManager TransactionId",
  }),
};
