import { type ColumnWords, prefixed, together } from "./columns.ts";
import { record, unowned } from "./workspace.ts";

/* Normalised events. https://learn.microsoft.com/azure/sentinel/normalization-about-schemas */

const event = together(record, {
  bool: "ThreatIsActive",
  datetime: "EventEndTime EventStartTime",
  dynamic: "AdditionalFields",
  int: "EventCount RuleNumber ThreatConfidence ThreatRiskLevel",
  string: `DvcAction DvcDescription DvcDomain DvcDomainType DvcFQDN DvcHostname DvcId DvcIdType DvcInterface
    DvcIpAddr DvcMacAddr DvcOriginalAction DvcOs DvcOsVersion DvcScope DvcScopeId DvcZone EventMessage
    EventOriginalSeverity EventOriginalType EventOriginalUid EventOwner EventProduct EventProductVersion
    EventReportUrl EventResult EventResultDetails EventSchemaVersion EventSeverity EventSubType EventType
    EventVendor RuleName ThreatCategory ThreatField ThreatId ThreatName ThreatOriginalConfidence`,
});

const detailed = together(event, {
  datetime: "ThreatFirstReportedTime ThreatLastReportedTime",
  string: "EventOriginalResultDetails EventOriginalSubType ThreatOriginalRiskLevel",
});

const source: ColumnWords = {
  int: "SrcPortNumber SrcRiskLevel",
  real: "SrcGeoLatitude SrcGeoLongitude",
  string: `SrcDescription SrcDeviceType SrcDomain SrcDomainType SrcDvcId SrcDvcIdType SrcDvcScope SrcDvcScopeId
    SrcFQDN SrcGeoCity SrcGeoCountry SrcGeoRegion SrcHostname SrcIpAddr SrcOriginalRiskLevel`,
};

const actor: ColumnWords = {
  string: `ActorOriginalUserType ActorScope ActorScopeId ActorSessionId ActorUserId ActorUserIdType ActorUserType
    ActorUsername ActorUsernameType`,
};

const actingApp: ColumnWords = {
  string: "ActingAppId ActingAppName ActingAppType ActingOriginalAppType",
};

const target: ColumnWords = {
  int: "TargetPortNumber TargetRiskLevel",
  real: "TargetGeoLatitude TargetGeoLongitude",
  string: `TargetAppId TargetAppName TargetAppType TargetDescription TargetDeviceType TargetDomain TargetDomainType
    TargetDvcId TargetDvcIdType TargetDvcOs TargetDvcScope TargetDvcScopeId TargetFQDN TargetGeoCity
    TargetGeoCountry TargetGeoRegion TargetHostname TargetIpAddr TargetOriginalAppType TargetOriginalRiskLevel
    TargetUrl ThreatIpAddr`,
};

const targetUser: ColumnWords = {
  string: "TargetOriginalUserType TargetUserId TargetUserIdType TargetUserType TargetUsername TargetUsernameType",
};

const file: ColumnWords = {
  datetime: "CreationTime",
  long: "Size",
  string: "Directory Extension MD5 MimeType Name Path PathType SHA1 SHA256 SHA512",
};

const parent: ColumnWords = {
  bool: "IsHidden",
  datetime: "CreationTime",
  string: `FileCompany FileDescription FileProduct FileVersion Guid IMPHASH Id InjectedAddress IntegrityLevel MD5
    Name SHA1 SHA256 SHA512 TokenElevation`,
};

const image = together(parent, {
  long: "FileSize",
  string: "CommandLine FileInternalName FileOriginalName Filename",
});

export const asimTables: Readonly<Record<string, ColumnWords>> = {
  ASimAuditEventLogs: together(detailed, source, actor, actingApp, target, {
    string: `ActorUserAadId ActorUserSid HttpUserAgent NewValue Object ObjectId ObjectType OldValue Operation
      OriginalObjectType ValueType`,
  }),
  ASimAuthenticationEventLogs: together(detailed, source, actor, actingApp, target, targetUser, {
    string: "HttpUserAgent LogonMethod LogonProtocol SrcDvcOs SrcIsp TargetSessionId TargetUserScope TargetUserScopeId",
  }),
  ASimDhcpEventLogs: together(detailed, source, {
    int: "DhcpLeaseDuration DhcpSessionDuration",
    string: `DhcpCircuitId DhcpSessionId DhcpSrcDHCId DhcpSubscriberId DhcpUserClass DhcpUserClassId DhcpVendorClass
      DhcpVendorClassId EventSchema RequestedIpAddr SrcMacAddr SrcOriginalUserType SrcUserId SrcUserIdType
      SrcUserScope SrcUserScopeId SrcUserSessionId SrcUserType SrcUserUid SrcUsername SrcUsernameType`,
  }),
  ASimDnsActivityLogs: together(event, source, {
    bool: `DnsFlagsAuthenticated DnsFlagsAuthoritative DnsFlagsCheckingDisabled DnsFlagsRecursionAvailable
      DnsFlagsRecursionDesired DnsFlagsTruncated DnsFlagsZ`,
    datetime: "ThreatFirstReportedTime_d ThreatLastReportedTime_d",
    int: `DnsNetworkDuration DnsQueryClass DnsQueryType DnsResponseCode DstPortNumber DstRiskLevel
      ThreatOriginalRiskLevel`,
    real: "DnsResponseIpLatitude DnsResponseIpLongitude DstGeoLatitude DstGeoLongitude",
    string: `DnsFlags DnsQuery DnsQueryClassName DnsQueryTypeName DnsResponseIpCity DnsResponseIpCountry
      DnsResponseIpRegion DnsResponseName DnsSessionId Dst DstDescription DstDeviceType DstDomain DstDomainType
      DstDvcId DstDvcIdType DstDvcScope DstDvcScopeId DstFQDN DstGeoCity DstGeoCountry DstGeoRegion DstHostname
      DstIpAddr DstOriginalRiskLevel Dvc NetworkProtocol NetworkProtocolVersion Src SrcOriginalUserType SrcProcessGuid
      SrcProcessId SrcProcessName SrcUserId SrcUserIdType SrcUserScope SrcUserScopeId SrcUserSessionId SrcUserType
      SrcUsername SrcUsernameType ThreatFirstReportedTime ThreatIpAddr ThreatLastReportedTime
      ThreatOriginalRiskLevel_s TransactionIdHex UrlCategory`,
  }),
  ASimFileEventLogs: together(detailed, source, actor, prefixed("SrcFile", file), prefixed("TargetFile", file), {
    string: `ActingProcessCommandLine ActingProcessGuid ActingProcessId ActingProcessName ActorUserAadId ActorUserSid
      EventSchema HashType HttpUserAgent NetworkApplicationProtocol SrcMacAddr TargetAppId TargetAppName TargetAppType
      TargetOriginalAppType TargetUrl ThreatFilePath`,
  }),
  ASimNetworkSessionLogs: together(record, {
    bool: "TcpFlagsAck TcpFlagsFin TcpFlagsPsh TcpFlagsRst TcpFlagsSyn TcpFlagsUrg ThreatIsActive",
    datetime: "EventEndTime EventStartTime ThreatFirstReportedTime ThreatLastReportedTime",
    dynamic: "AdditionalFields",
    int: `DstNatPortNumber DstPortNumber EventCount NetworkDuration NetworkIcmpCode NetworkRuleNumber SrcNatPortNumber
      SrcPortNumber ThreatConfidence ThreatRiskLevel`,
    long: "DstBytes DstPackets NetworkBytes NetworkPackets SrcBytes SrcPackets",
    real: "DstGeoLatitude DstGeoLongitude SrcGeoLatitude SrcGeoLongitude",
    string: `DstAppId DstAppName DstAppType DstDescription DstDeviceType DstDomain DstDomainType DstDvcId DstDvcIdType
      DstFQDN DstGeoCity DstGeoCountry DstGeoRegion DstHostname DstInterfaceGuid DstInterfaceName DstIpAddr DstMacAddr
      DstNatIpAddr DstOriginalUserType DstSubscriptionId DstUserId DstUserIdType DstUserType DstUsername
      DstUsernameType DstVlanId DstZone Dvc DvcAction DvcDescription DvcDomain DvcDomainType DvcFQDN DvcHostname DvcId
      DvcIdType DvcInboundInterface DvcInterface DvcIpAddr DvcMacAddr DvcOriginalAction DvcOs DvcOsVersion
      DvcOutboundInterface DvcSubscriptionId DvcZone EventMessage EventOriginalResultDetails EventOriginalSeverity
      EventOriginalSubType EventOriginalType EventOriginalUid EventProduct EventProductVersion EventReportUrl
      EventResult EventResultDetails EventSchemaVersion EventSeverity EventSubType EventType EventVendor
      NetworkApplicationProtocol NetworkConnectionHistory NetworkDirection NetworkIcmpType NetworkProtocol
      NetworkProtocolVersion NetworkRuleName NetworkSessionId SrcAppId SrcAppName SrcAppType SrcDescription
      SrcDeviceType SrcDomain SrcDomainType SrcDvcId SrcDvcIdType SrcFQDN SrcGeoCity SrcGeoCountry SrcGeoRegion
      SrcHostname SrcInterfaceGuid SrcInterfaceName SrcIpAddr SrcMacAddr SrcNatIpAddr SrcOriginalUserType
      SrcSubscriptionId SrcUserId SrcUserIdType SrcUserType SrcUsername SrcUsernameType SrcVlanId SrcZone
      ThreatCategory ThreatField ThreatId ThreatIpAddr ThreatName ThreatOriginalConfidence ThreatOriginalRiskLevel`,
  }),
  ASimProcessEventLogs: together(
    detailed,
    actor,
    targetUser,
    prefixed("ActingProcess", image),
    prefixed("ParentProcess", parent),
    prefixed("TargetProcess", image),
    {
      string: `TargetProcessCurrentDirectory TargetProcessStatusCode TargetScope TargetScopeId TargetUserSessionGuid
      TargetUserSessionId`,
    },
  ),
  ASimRegistryEventLogs: together(detailed, actor, {
    string: `ActingProcessCommandLine ActingProcessGuid ActingProcessId ActingProcessName ActorUserAadId ActorUserSid
      EventSchema ParentProcessCommandLine ParentProcessGuid ParentProcessId ParentProcessName RegistryKey
      RegistryPreviousKey RegistryPreviousValue RegistryPreviousValueData RegistryPreviousValueType RegistryValue
      RegistryValueData RegistryValueType`,
  }),
  ASimUserManagementActivityLogs: together(detailed, source, actor, actingApp, targetUser, {
    string: `ActorUserAadId ActorUserSid EventSchema GroupId GroupIdType GroupName GroupNameType GroupOriginalType
      GroupType HttpUserAgent NewPropertyValue PreviousPropertyValue SrcMacAddr TargetUserScope TargetUserScopeId
      TargetUserSessionId TargetUserUid`,
  }),
  ASimWebSessionLogs: together(record, {
    bool: "ThreatIsActive",
    datetime: "EventEndTime EventStartTime ThreatFirstReportedTime ThreatLastReportedTime",
    dynamic: "AdditionalFields",
    int: `DstNatPortNumber DstPortNumber EventCount FileSize HttpRequestTime HttpResponseTime NetworkDuration
      NetworkIcmpCode RuleNumber SrcNatPortNumber SrcPortNumber ThreatConfidence ThreatRiskLevel`,
    long: "DstBytes DstPackets NetworkBytes NetworkPackets SrcBytes SrcPackets",
    real: "DstGeoLatitude DstGeoLongitude SrcGeoLatitude SrcGeoLongitude",
    string: `DstAppId DstAppName DstAppType DstDeviceType DstDomain DstDomainType DstDvcId DstDvcIdType DstDvcScope
      DstDvcScopeId DstFQDN DstGeoCity DstGeoCountry DstGeoRegion DstHostname DstIpAddr DstMacAddr DstNatIpAddr
      DstOriginalUserType DstUserId DstUserIdType DstUserType DstUsername DstUsernameType Dvc DvcAction DvcDomain
      DvcDomainType DvcFQDN DvcHostname DvcId DvcIdType DvcIpAddr DvcOriginalAction EventMessage
      EventOriginalResultDetails EventOriginalSeverity EventOriginalSubType EventOriginalType EventOriginalUid
      EventOwner EventProduct EventProductVersion EventReportUrl EventResult EventResultDetails EventSchemaVersion
      EventSeverity EventSubType EventType EventVendor FileContentType FileMD5 FileName FileSHA1 FileSHA256 FileSHA512
      HttpContentFormat HttpContentType HttpHost HttpReferrer HttpRequestMethod HttpRequestXff HttpUserAgent
      HttpVersion NetworkApplicationProtocol NetworkConnectionHistory NetworkDirection NetworkIcmpType NetworkProtocol
      NetworkProtocolVersion NetworkSessionId Rule RuleName SrcAppId SrcAppName SrcAppType SrcDeviceType SrcDomain
      SrcDomainType SrcDvcId SrcDvcIdType SrcDvcScope SrcDvcScopeId SrcFQDN SrcGeoCity SrcGeoCountry SrcGeoRegion
      SrcHostname SrcIpAddr SrcMacAddr SrcNatIpAddr SrcOriginalUserType SrcProcessGuid SrcProcessId SrcProcessName
      SrcUserId SrcUserIdType SrcUserScope SrcUserScopeId SrcUserType SrcUsername SrcUsernameType ThreatCategory
      ThreatField ThreatId ThreatIpAddr ThreatName ThreatOriginalConfidence ThreatOriginalRiskLevel Url UrlCategory
      UrlOriginal`,
  }),
  // The first form of the normalised network session.
  NetworkSessions: together(unowned, {
    datetime: "EventEndTime EventStartTime EventTimeIngested",
    dynamic: "AdditionalFields",
    int: `DstNatPortNumber DstPortNumber EventCount FileSize HttpRequestTime HttpResponseTime NetworkDuration
      NetworkIcmpCode NetworkRuleNumber SrcNatPortNumber SrcPortNumber`,
    long: "DstBytes DstPackets NetworkBytes NetworkPackets SrcBytes SrcPackets",
    real: "DstGeoLatitude DstGeoLongitude SrcGeoLatitude SrcGeoLongitude",
    string: `CloudAppId CloudAppName CloudAppOperation CloudAppRiskLevel DstDomainHostname DstDvcDomain DstDvcFqdn
      DstDvcHostname DstDvcIpAddr DstDvcMacAddr DstGeoCity DstGeoCountry DstGeoRegion DstInterfaceGuid DstInterfaceName
      DstIpAddr DstMacAddr DstNatIpAddr DstResourceId DstUserAadId DstUserDomain DstUserName DstUserSid DstUserUpn DstZone
      DvcAction DvcHostname DvcInboundInterface DvcIpAddr DvcMacAddr DvcOutboundInterface EventMessage EventOriginalUid
      EventProduct EventProductVersion EventReportUrl EventResourceId EventResult EventResultDetails EventSchemaVersion
      EventSeverity EventSubType EventType EventUid EventVendor FileExtension FileHashMd5 FileHashSha1 FileHashSha256
      FileHashSha512 FileMimeType FileName FilePath HttpContentType HttpReferrerOriginal HttpRequestMethod HttpRequestXff
      HttpStatusCode HttpUserAgentOriginal HttpVersion NetworkApplicationProtocol NetworkDirection NetworkIcmpType
      NetworkProtocol NetworkRuleName NetworkSessionId SrcDvcDomain SrcDvcFqdn SrcDvcHostname SrcDvcIpAddr SrcDvcMacAddr
      SrcDvcModelName SrcDvcModelNumber SrcDvcOs SrcDvcType SrcGeoCity SrcGeoCountry SrcGeoRegion SrcInterfaceGuid
      SrcInterfaceName SrcIpAddr SrcMacAddr SrcNatIpAddr SrcResourceId SrcUserAadId SrcUserDomain SrcUserName SrcUserSid
      SrcUserUpn SrcZone ThreatCategory ThreatId ThreatName UrlCategory UrlHostname UrlOriginal`,
  }),
};
