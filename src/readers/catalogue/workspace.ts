import { type ColumnWords, together } from "./columns.ts";

/* More tables of a workspace. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

/** Names that are somebody's own table as often as not: they mean these only where a schema says so. */
export const commonWords: ReadonlySet<string> = new Set([
  "Alert",
  "AlertHistory",
  "Anomalies",
  "AppEvents",
  "AppMetrics",
  "Event",
  "Heartbeat",
  "NetworkSessions",
  "Operation",
  "Perf",
  "Update",
  "Usage",
  "Watchlist",
  "WindowsFirewall",
  "WireData",
]);

export const unowned: ColumnWords = {
  datetime: "TimeGenerated",
  real: "_BilledSize",
  string: "TenantId SourceSystem Type _IsBillable _ItemId",
};

/** What a resource of Azure wrote says which. */
export const record = together(unowned, { string: "_ResourceId _SubscriptionId" });

const appSignIn = together(record, {
  long: "DurationMs",
  string: `AppId AuthenticationContextClassReferences AuthenticationProcessingDetails Category ConditionalAccessPolicies
    ConditionalAccessStatus CorrelationId FederatedCredentialId IPAddress Id Identity Level Location LocationDetails
    OperationName OperationVersion ResourceDisplayName ResourceGroup ResourceIdentity ResourceServicePrincipalId
    ResultDescription ResultSignature ResultType ServicePrincipalCredentialKeyId ServicePrincipalCredentialThumbprint
    ServicePrincipalId ServicePrincipalName UniqueTokenIdentifier`,
});

const riskEvent = together(record, {
  datetime: "ActivityDateTime DetectedDateTime LastUpdatedDateTime",
  dynamic: "AdditionalInfo Location",
  string: `Activity CorrelationId DetectionTimingType Id IpAddress OperationName RequestId RiskDetail RiskEventType
    RiskLevel RiskState Source TokenIssuerType`,
});

const risky = together(record, {
  bool: "IsProcessing",
  datetime: "RiskLastUpdatedDateTime",
  string: "CorrelationId Id OperationName RiskDetail RiskLevel RiskState",
});

const firewall = together(record, {
  int: "DestinationPort SourcePort",
  string: "Action ActionReason Policy Protocol Rule RuleCollection RuleCollectionGroup SourceIp",
});

const storageLog = together(record, {
  datetime: "LastModifiedTime",
  dynamic: "AuthorizationDetails",
  int: "OperationCount",
  long: "ContentLengthHeader RequestBodySize RequestHeaderSize ResponseBodySize ResponseHeaderSize",
  real: "DurationMs ServerLatencyMs",
  string: `AccountName AuthenticationHash AuthenticationType CallerIpAddress Category ClientRequestId ConditionsUsed
    CorrelationId Etag Location MetricResponseType ObjectKey OperationName OperationVersion Protocol ReferrerHeader
    RequestMd5 RequesterAppId RequesterAudience RequesterObjectId RequesterTenantId RequesterTokenIssuer
    RequesterUpn ResponseMd5 SasExpiryStatus SchemaVersion ServiceType StatusCode StatusText TlsVersion Uri
    UserAgentHeader`,
});

export const workspaceTables: Readonly<Record<string, ColumnWords>> = {
  AADManagedIdentitySignInLogs: appSignIn,
  AADServicePrincipalSignInLogs: appSignIn,
  AADProvisioningLogs: together(record, {
    long: "DurationMs",
    string: `AADTenantId Category ChangeId CorrelationId CycleId Id InitiatedBy JobId ModifiedProperties OperationName
      OperationVersion ProvisioningAction ProvisioningStatusInfo ProvisioningSteps ResultDescription ResultSignature
      ResultType ServicePrincipal SourceIdentity TargetIdentity TargetSystem`,
  }),
  AADRiskyServicePrincipals: together(risky, {
    bool: "AccountEnabled",
    string: "AppId DisplayName ServicePrincipalType",
  }),
  AADRiskyUsers: together(risky, { bool: "IsDeleted", string: "UserDisplayName UserPrincipalName" }),
  AADServicePrincipalRiskEvents: together(riskEvent, {
    dynamic: "KeyIds",
    string: "AppId ServicePrincipalDisplayName ServicePrincipalId",
  }),
  AADUserRiskEvents: together(riskEvent, { string: "UserDisplayName UserId UserPrincipalName" }),
  ADFSSignInLogs: together(record, {
    bool: "IsInteractive",
    datetime: "CreatedDateTime",
    long: "DurationMs",
    string: `AlternateSignInName AppDisplayName AppId AuthenticationDetails AuthenticationProcessingDetails
      AuthenticationRequirement AuthenticationRequirementPolicies Category ConditionalAccessPolicies
      ConditionalAccessStatus CorrelationId DeviceDetail IPAddress Id Identity Level Location NetworkLocationDetails
      OperationName OperationVersion OriginalRequestId ProcessingTimeInMs Requirement ResourceDisplayName ResourceGroup
      ResourceIdentity ResourceTenantId ResultDescription ResultSignature ResultType Status TokenIssuerName
      TokenIssuerType UniqueTokenIdentifier UserAgent UserDisplayName UserId UserPrincipalName`,
  }),
  AWSCloudTrail: together(unowned, {
    bool: "ManagementEvent ReadOnly SessionMfaAuthenticated",
    datetime: "SessionCreationDate",
    string: `APIVersion AWSRegion AdditionalEventData AwsEventId AwsRequestId AwsRequestId_ Category CidrIp CipherSuite
      ClientProvidedHostHeader DestinationPort EC2RoleDelivery ErrorCode ErrorMessage EventName EventSource EventTypeName
      EventVersion IpProtocol OperationName RecipientAccountId RequestParameters Resources ResponseElements
      ServiceEventDetails SessionIssuerAccountId SessionIssuerArn SessionIssuerPrincipalId SessionIssuerType
      SessionIssuerUserName SharedEventId SourceIpAddress SourcePort TlsVersion UserAgent UserIdentityAccessKeyId
      UserIdentityAccountId UserIdentityArn UserIdentityInvokedBy UserIdentityPrincipalid UserIdentityType
      UserIdentityUserName VpcEndpointId`,
  }),
  AWSGuardDuty: together(unowned, {
    datetime: "TimeCreated",
    dynamic: "ResourceDetails ServiceDetails",
    int: "Severity",
    string: "AccountId ActivityType Arn Description Id Partition Region SchemaVersion Title",
  }),
  AWSVPCFlow: together(unowned, {
    datetime: "End",
    int: "DstPort Packets Protocol SrcPort TcpFlags Version",
    long: "Bytes",
    string: `AccountId Action AzId DstAddr FlowDirection InstanceId InterfaceId LogStatus PktDstAddr PktDstAwsService
      PktSrcAddr PktSrcAwsService Region SrcAddr SublocationId SublocationType SubnetId TrafficPath TrafficType VpcId`,
  }),
  AVSSyslog: together(record, {
    datetime: "LogCreationTime",
    string: "AppName Facility HostName Message MsgId ProcId Severity",
  }),
  AWSCloudWatch: together(unowned, { datetime: "ExtractedTime", string: "Message" }),
  Anomalies: together(unowned, {
    datetime: "EndTime StartTime",
    dynamic: `ActivityInsights AnomalyDetails AnomalyReasons DestinationLocation DeviceInsights Entities ExtendedLinks
      ExtendedProperties SourceLocation UserInsights`,
    real: "Score",
    string: `AnomalyTemplateId AnomalyTemplateName AnomalyTemplateVersion Description DestinationDevice
      DestinationIpAddress Id RuleConfigVersion RuleId RuleName RuleStatus SourceDevice SourceIpAddress Tactics Techniques
      UserName UserPrincipalName VendorName WorkspaceId`,
  }),
  AZFWApplicationRule: together(firewall, {
    bool: "IsExplicitProxyRequest IsTlsInspected",
    string: "Fqdn TargetUrl WebCategory",
  }),
  AZFWDnsQuery: together(record, {
    bool: "DnssecOkBit",
    int: "EDNS0BufferSize ErrorNumber QueryId RequestSize ResponseSize SourcePort",
    real: "RequestDurationSecs",
    string: "ErrorMessage Protocol QueryClass QueryName QueryType ResponseCode ResponseFlags SourceIp",
  }),
  AZFWFatFlow: together(record, {
    int: "DestinationPort SourcePort",
    real: "FlowRate",
    string: "DestinationIp Protocol SourceIp",
  }),
  AZFWFlowTrace: together(record, {
    int: "DestinationPort SourcePort",
    string: "Action ActionReason DestinationIp Flag Protocol SourceIp",
  }),
  AZFWNatRule: together(record, {
    int: "DestinationPort SourcePort TranslatedPort",
    string: "DestinationIp Policy Protocol Rule RuleCollection RuleCollectionGroup SourceIp TranslatedIp",
  }),
  AZFWNetworkRule: together(firewall, { string: "DestinationIp" }),
  AZFWThreatIntel: together(record, {
    bool: "IsTlsInspected",
    int: "DestinationPort SourcePort",
    string: "Action DestinationIp Fqdn Protocol SourceIp TargetUrl ThreatDescription",
  }),
  AZFWApplicationRuleAggregation: together(record, {
    int: "ApplicationRuleCount DestinationPort",
    string: "Action ActionReason Fqdn Policy Protocol Rule RuleCollection RuleCollectionGroup SourceIp TargetUrl",
  }),
  AZFWIdpsSignature: together(record, {
    int: "DestinationPort Severity SourcePort",
    string: "Action Category Description DestinationIp Protocol SignatureId SourceIp",
  }),
  AZFWInternalFqdnResolutionFailure: together(record, {
    int: "ServerPort",
    string: "Error Fqdn Policy Rule RuleCollection RuleCollectionGroup ServerIp",
  }),
  AZFWNatRuleAggregation: together(record, {
    int: "NatRuleCount TranslatedPort",
    string: "Policy Protocol Rule RuleCollection RuleCollectionGroup SourceIp TranslatedIp",
  }),
  AZFWNetworkRuleAggregation: together(record, {
    bool: "IsDefaultRule",
    int: "DestinationPort NetworkRuleCount",
    string: "Action ActionReason DestinationIp Policy Protocol Rule RuleCollection RuleCollectionGroup SourceIp",
  }),
  AZKVAuditLogs: together(record, {
    bool: `EnablePurgeProtection EnableRbacAuthorization EnableSoftDelete EnabledForDeployment
      EnabledForDiskEncryption EnabledForTemplateDeployment IsAccessPolicyMatch IsAddressAuthorized IsRbacAuthorized`,
    dynamic: `CertificateIssuerProperties CertificatePolicyProperties CertificateProperties
      CertificateRequestProperties Identity KeyProperties NetworkAcls Nsp Properties SecretProperties Sku
      StorageAccountProperties StorageSasDefinitionProperties VaultProperties`,
    int: "DurationMs HttpStatusCode SoftDeleteRetentionInDays",
    string: `AddressAuthorizationType Algorithm AppliedAssignmentId CallerIpAddress ClientInfo CorrelationId
      HsmPoolResourceId Id OperationName OperationVersion RequestUri ResultDescription ResultSignature ResultType
      SubnetId Tlsversion TrustedService`,
  }),
  AzureDevOpsAuditing: together(unowned, {
    dynamic: "Data",
    string: `ActivityId ActorCUID ActorClientId ActorDisplayName ActorUPN ActorUserId Area AuthenticationMechanism
      Category CategoryDisplayName CorrelationId Details Id IpAddress OperationName ProjectId ProjectName
      ScopeDisplayName ScopeId ScopeType UserAgent`,
  }),
  AzureMetrics: together(record, {
    int: "Severity",
    long: "DurationMs",
    real: "Average Count Maximum Minimum RemoteIPLatitude RemoteIPLongitude Total",
    string: `CallerIpAddress Category Confidence CorrelationId Description FirstReportedDateTime IndicatorThreatType
      IsActive LastReportedDateTime MaliciousIP MetricName OperationName OperationVersion RemoteIPCountry Resource
      ResourceGroup ResourceId ResourceProvider ResultDescription ResultSignature ResultType SubscriptionId TLPLevel
      TimeGrain UnitName`,
  }),
  BehaviorAnalytics: together(record, {
    datetime: "TimeProcessed",
    dynamic: "ActivityInsights DevicesInsights UsersInsights",
    int: "InvestigationPriority",
    string: `ActionType ActivityType ActorName ActorPrincipalName DestinationDevice DestinationIPAddress
      DestinationIPLocation Device EventProductVersion EventSource EventVendor NativeTableName SourceDevice
      SourceIPAddress SourceIPLocation SourceRecordId TargetName TargetPrincipalName UserName UserPrincipalName`,
  }),
  DnsEvents: together(record, {
    int: "EventId ResultCode Severity",
    real: "RemoteIPLatitude RemoteIPLongitude",
    string: `ClientIP Computer Confidence Description IPAddresses IndicatorThreatType MaliciousIP Message Name QueryType
      RemoteIPCountry Result SubType TaskCategory`,
  }),
  Event: together(record, {
    int: "EventCategory EventID EventLevel",
    string: `AzureDeploymentID Computer EventData EventLevelName EventLog ManagementGroupName Message ParameterXml
      RenderedDescription Role Source UserName`,
  }),
  Heartbeat: together(record, {
    bool: "IsGatewayInstalled",
    dynamic: "ComputerPrivateIPs",
    real: "RemoteIPLatitude RemoteIPLongitude",
    string: `Category Computer ComputerEnvironment ComputerIP ManagementGroupName OSMajorVersion OSMinorVersion OSName
      OSType RemoteIPCountry Resource ResourceGroup ResourceId ResourceProvider ResourceType SCAgentChannel Solutions
      SubscriptionId VMUUID Version`,
  }),
  LAQueryLogs: together(record, {
    bool: "IsBillableQuery IsWorkspaceInFailover",
    datetime: "QueryTimeRangeEnd QueryTimeRangeStart StatsDataProcessedEnd StatsDataProcessedStart",
    dynamic: "RequestContext RequestContextFilters",
    int: "ResponseCode ResponseRowCount StatsRegionCount StatsWorkspaceCount",
    real: "ResponseDurationMs ScannedGB StatsCPUTimeMs",
    string: `AADClientId AADEmail AADObjectId AADTenantId CorrelationId QueryText RequestClientApp RequestTarget
      WorkspaceRegion`,
  }),
  MicrosoftGraphActivityLogs: together(record, {
    datetime: "TokenIssuedAt",
    int: "ClientAuthMethod DurationMs ResponseSizeBytes ResponseStatusCode",
    string: `ATContent ATContentH ATContentP AadTenantId ApiVersion AppId ClientRequestId IPAddress IdentityProvider Location OperationId
      RequestId RequestMethod RequestUri Roles Scopes ServicePrincipalId SignInActivityId UserAgent UserId Wids`,
  }),
  Perf: together(record, {
    datetime: "BucketEndTime BucketStartTime",
    int: "SampleCount",
    real: "CounterValue Max Min StandardDeviation",
    string: "Computer CounterName CounterPath InstanceName ObjectName",
  }),
  SQLSecurityAuditEvents: together(record, {
    bool: "IsColumnPermission IsServerLevelAudit Succeeded",
    datetime: "EventTime",
    int: `AuditSchemaVersion ClientTlsVersion DatabasePrincipalId ObjectId SequenceNumber ServerPrincipalId SessionId
      TargetDatabasePrincipalId TargetServerPrincipalId UserDefinedEventId`,
    long: "AffectedRows DurationMs ResponseRows TransactionId",
    string: `ActionId ActionName AdditionalInformation ApplicationName Category ClassType ClassTypeDescription
      ClientIp ConnectionId DataSensitivityInformation DatabaseName DatabasePrincipalName EventId HostName
      LogicalServerName ObjectName PermissionBitmask ResourceGroup SchemaName SecurableClassType SequenceGroupId
      ServerPrincipalName ServerPrincipalSid SessionContext SessionServerPrincipalName Statement
      TargetDatabasePrincipalName TargetServerPrincipalName TargetServerPrincipalSid UserDefinedInformation`,
  }),
  SecurityNestedRecommendation: together(record, {
    bool: "IsSnapshot",
    datetime: "SubAssessmentTimeGeneration",
    dynamic: "AdditionalData ResourceDetails",
    string: `AssessedResourceId Category Cause Description Id Impact NestedRecommendationId ParentRecommendationId
      RecommendationLink RecommendationName RecommendationSeverity RecommendationState RecommendationSubscriptionId
      RemediationDescription RemidiationDescription ResourceGroup ResourceProviderType VulnerabilityId`,
  }),
  SecurityRecommendation: together(unowned, {
    bool: "IsSnapshot",
    datetime: "DiscoveredTimeUTC FirstEvaluationDate ResolvedTimeUTC StatusChangeDate",
    dynamic: "Properties RecommendationAdditionalData",
    string: `AssessedResourceId Description DeviceId Environment PolicyDefinitionId ProviderName
      RecommendationDisplayName RecommendationId RecommendationName RecommendationSeverity RecommendationState
      ResourceRegion`,
  }),
  SecurityRegulatoryCompliance: together(record, {
    bool: "IsSnapshot",
    dynamic: "Properties",
    int: "FailedResources PassedResources SkippedResources",
    string: `AssessedResourceId ComplianceControl ComplianceStandard RecommendationId RecommendationLink
      RecommendationName RegulatoryComplianceSubscriptionId ResourceProviderType State`,
  }),
  SentinelAudit: together(unowned, {
    dynamic: "ExtendedProperties",
    string: `CorrelationId Description OperationName SentinelResourceId SentinelResourceKind SentinelResourceName
      SentinelResourceType Status WorkspaceId`,
  }),
  SentinelHealth: together(unowned, {
    dynamic: "ExtendedProperties",
    string: `Description OperationName Reason RecordId SentinelResourceId SentinelResourceKind SentinelResourceName
      SentinelResourceType Status WorkspaceId`,
  }),
  StorageBlobLogs: together(storageLog, {
    string: "AccessTier DestinationUri RehydratePriority SourceAccessTier SourceUri",
  }),
  StorageFileLogs: together(storageLog, {
    int: "SmbCommandMajor SmbCreditsConsumed",
    string: `RequesterUserName SmbCommandDetail SmbCommandMinor SmbFileId SmbMessageID SmbPersistentHandleID
      SmbPrimarySID SmbSessionID SmbStatusCode SmbTreeConnectID SmbVolatileHandleID`,
  }),
  StorageMalwareScanningResults: together(record, {
    datetime: "ScanFinishedTimeUtc",
    dynamic: "ScanResultDetails",
    string: "BlobEtag BlobUri CorrelationId OperationName ScanResultType StorageAccountLocation StorageAccountName",
  }),
  StorageQueueLogs: storageLog,
  StorageTableLogs: storageLog,
  ThreatIntelIndicators: together(record, {
    bool: "IsActive IsDeleted Revoked",
    datetime: "Created Modified ValidFrom ValidUntil",
    dynamic: "AdditionalFields Data",
    int: "Confidence",
    string: "AzureTenantId Id LastUpdateMethod ObservableKey ObservableValue Pattern Source Tags WorkspaceId",
  }),
  ThreatIntelligenceIndicator: together(record, {
    bool: `Active KillChainActions KillChainC2 KillChainDelivery KillChainExploitation KillChainReconnaissance
      KillChainWeaponization PassiveOnly`,
    datetime: "ExpirationDateTime FileCompileDateTime FileCreatedDateTime",
    int: `FileSize NetworkDestinationAsn NetworkDestinationPort NetworkPort NetworkProtocol NetworkSourceAsn
      NetworkSourcePort ThreatSeverity`,
    real: "ConfidenceScore",
    string: `Action ActivityGroupNames AdditionalInformation Description DiamondModel DomainName EmailEncoding
      EmailLanguage EmailRecipient EmailSenderAddress EmailSenderName EmailSourceDomain EmailSourceIpAddress EmailSubject
      EmailXMailer ExternalIndicatorId FileHashType FileHashValue FileMutexName FileName FilePacker FilePath FileType
      IndicatorId IndicatorProvider KnownFalsePositives MalwareNames NetworkCidrBlock NetworkDestinationCidrBlock
      NetworkDestinationIP NetworkIP NetworkSourceCidrBlock NetworkSourceIP Tags ThreatType TrafficLightProtocolLevel Url
      UserAgent`,
  }),
  UpdateSummary: together(record, {
    bool: "RestartPending",
    int: `CriticalUpdatesMissing OldestMissingSecurityUpdateInDays OtherUpdatesMissing SecurityUpdatesMissing
      TotalUpdatesMissing`,
    string: `Computer ComputerEnvironment ManagementGroupName NETRuntimeVersion OldestMissingSecurityUpdateBucket
      OsVersion Resource ResourceGroup ResourceId ResourceProvider ResourceType SourceComputerId SubscriptionId VMUUID
      WSUSServer WindowsUpdateAgentVersion WindowsUpdateSetting`,
  }),
  Usage: together(unowned, {
    bool: "IsBillable",
    datetime: "EndTime StartTime",
    long: "BatchesCapped BatchesOutsideSla BatchesWithinSla TotalBatches",
    real: "AvgLatencyInSeconds Quantity",
    string: "Computer DataType LinkedMeterId LinkedResourceUri MeterId QuantityUnit ResourceUri Solution",
  }),
  UserAccessAnalytics: together(record, {
    datetime: "AccessEndTime AccessStartTime",
    string: `AADTenantId AccessEndReason AccessId AccessLevel AccessType SourceEntityId SourceEntityName
      SourceEntityType TargetEntityId TargetEntityName TargetEntityType`,
  }),
  UserPeerAnalytics: together(record, {
    int: "Rank",
    string: "AADTenantId PeerUserId PeerUserName PeerUserPrincipalName UserId UserName UserPrincipalName",
  }),
  VMBoundPort: together(record, {
    bool: "IsWildcardBind",
    int: "Port",
    long: `BytesReceived BytesSent LinksEstablished LinksLive LinksTerminated ResponseTimeMax ResponseTimeMin
      ResponseTimeSum Responses`,
    string: "AgentId Computer Ip Machine PortId Process ProcessName Protocol",
  }),
  VMComputer: together(record, {
    datetime: "BootTime",
    dynamic: "DnsNames Ipv4Addresses Ipv4DefaultGateways Ipv4SubnetMasks Ipv6Addresses MacAddresses",
    int: "CpuSpeed Cpus",
    long: "PhysicalMemoryMB",
    string: `AgentId AzureCloudServiceDeployment AzureCloudServiceInstanceId AzureCloudServiceName
      AzureCloudServiceRoleName AzureCloudServiceRoleType AzureFaultDomain AzureImageOffering AzureImagePublisher
      AzureImageSku AzureImageVersion AzureLocation AzureResourceGroup AzureResourceName AzureServiceFabricClusterId
      AzureServiceFabricClusterName AzureSize AzureSubscriptionId AzureUpdateDomain AzureVmId
      AzureVmScaleSetDeployment AzureVmScaleSetInstanceId AzureVmScaleSetName AzureVmScaleSetResourceId Computer
      DependencyAgentVersion DisplayName FullDisplayName HostName HostingProvider HypervisorId HypervisorType Machine
      OperatingSystemFamily OperatingSystemFullName TimeZone VirtualMachineHypervisorId VirtualMachineNativeId
      VirtualMachineNativeName VirtualMachineType VirtualizationState`,
  }),
  VMConnection: together(record, {
    int: "DestinationPort Severity",
    long: `BytesReceived BytesSent LinksEstablished LinksFailed LinksLive LinksTerminated ResponseTimeMax ResponseTimeMin
      ResponseTimeSum Responses`,
    real: "RemoteLatitude RemoteLongitude",
    string: `AgentId Computer Confidence ConnectionId Description DestinationIp Direction FirstReportedDateTime
      IndicatorThreatType IsActive LastReportedDateTime Machine MaliciousIp Process ProcessName Protocol
      RemoteClassification RemoteCountry RemoteDnsCanonicalNames RemoteDnsQuestions RemoteIp SourceIp TLPLevel`,
  }),
  VMProcess: together(record, {
    datetime: "StartTime",
    dynamic: "Services",
    int: "FirstPid",
    string: `AgentId CommandLine CompanyName Computer Description DisplayName ExecutableName ExecutablePath
      FileVersion Group InternalName Machine Process ProductName ProductVersion Role UserDomain UserName
      WorkingDirectory`,
  }),
  W3CIISLog: together(record, {
    int: "Severity sPort",
    long: "TimeTaken csBytes scBytes",
    real: "RemoteIPLatitude RemoteIPLongitude",
    string: `AzureDeploymentID Computer Confidence Description FirstReportedDateTime IndicatorThreatType IsActive
      LastReportedDateTime MaliciousIP ManagementGroupName RemoteIPCountry Role RoleInstance StorageAccount TLPLevel cIP
      csCookie csHost csMethod csReferer csUriQuery csUriStem csUserAgent csUserName csVersion sIP sSiteName scStatus
      scSubStatus scWin32Status`,
  }),
  Watchlist: together(unowned, {
    datetime: "CreatedTimeUTC LastUpdatedTimeUTC TimeToLive _DTTimestamp",
    dynamic: "CreatedBy EntityMapping UpdatedBy WatchlistItem",
    string: `AzureTenantId CorrelationId DefaultDuration Notes Provider SearchKey Source Tags WatchlistAlias
      WatchlistCategory WatchlistId WatchlistItemId WatchlistName _DTItemId _DTItemStatus _DTItemType`,
  }),
  WindowsFirewall: together(record, {
    int: "DestinationPort Severity SourcePort",
    long: "RequestSizeInBytes",
    real: "MaliciousIPLatitude MaliciousIPLongitude",
    string: `CommunicationDirection Computer Confidence Description DestinationIP FirewallAction FirstReportedDateTime
      FullDestinationAddress IndicatorThreatType Info IsActive LastReportedDateTime MaliciousIP MaliciousIPCountry
      ManagementGroupName Protocol RemoteIP SourceIP TLPLevel`,
  }),
  WireData: together(record, {
    datetime: "LatencySamplingTimeStamp SessionEndTime SessionStartTime",
    int: "LatencyMilliseconds LocalPortNumber ProcessID RemotePortNumber Severity",
    long: "ReceivedBytes ReceivedPackets SentBytes SentPackets SequenceNumber TotalBytes",
    real: "RemoteIPLatitude RemoteIPLongitude",
    string: `ApplicationProtocol ApplicationServiceName Computer Confidence Description Direction
      FirstReportedDateTime IPVersion IndicatorThreatType IsActive LastReportedDateTime LatencySamplingFailureRate
      LocalIP LocalMAC LocalSubnet MaliciousIP ManagementGroupName ProcessName ProtocolName RemoteIP RemoteIPCountry
      RemoteMAC SessionID SessionState TLPLevel`,
  }),
};
