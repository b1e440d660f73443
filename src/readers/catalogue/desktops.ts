import { type ColumnWords, together } from "./columns.ts";
import { record } from "./workspace.ts";

/*
 * Tables of Azure Virtual Desktop and Windows 365.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables-category
 */

const desktop = together(record, { string: "CorrelationId" });

export const desktopTables: Readonly<Record<string, ColumnWords>> = {
  WVDAgentHealthStatus: together(record, {
    datetime: "LastHeartBeat LastUpgradeTimeStamp StatusTimeStamp",
    dynamic: "SessionHostHealthCheckResult",
    string: `ActiveSessions AgentVersion AllowNewSessions InactiveSessions OSVersion OperationName SessionHostName
      SessionHostResourceId Status SxSStackVersion UpgradeErrorMsg UpgradeState`,
  }),
  WVDAutoscaleEvaluationPooled: together(desktop, {
    datetime: "ScalingEvaluationStartTime",
    dynamic: "Properties",
    int: `ActiveSessionHostCount ExcludedSessionHostCount MaxSessionLimitPerSessionHost SessionCount
      TotalSessionHostCount UnhealthySessionHostCount`,
    real: `ActiveSessionHostsPercent ConfigCapacityThresholdPercent ConfigMinActiveSessionHostsPercent
      SessionOccupancyPercent`,
    string: "ConfigScheduleName ConfigSchedulePhase ResultType ScalingPlanResourceId ScalingReasonMessage",
  }),
  WVDCheckpoints: together(desktop, { dynamic: "Parameters", string: "ActivityType Name Source UserName" }),
  WVDConnectionGraphicsDataPreview: together(desktop, {
    int: `ClientSkippedFramesPercentage CompressedFrameSizeInBytes DecodingTimeOnClientInMs EncodingDelayOnServerInMs
      EndToEndDelayInMs EstAvailableBandwidthKBps EstRoundTripTimeInMs NetworkSkippedFramesPercentage
      RenderingTimeOnClientInMs ServerSkippedFramesPercentage`,
  }),
  WVDConnectionNetworkData: together(desktop, { int: "EstAvailableBandwidthKBps EstRoundTripTimeInMs" }),
  WVDConnections: together(desktop, {
    string: `AadTenantId ClientOS ClientSideIPAddress ClientType ClientVersion ConnectionType GatewayRegion
      IsClientPrivateLink IsSessionHostPrivateLink PredecessorConnectionId ResourceAlias SessionHostAgentVersion
      SessionHostAzureVmId SessionHostIPAddress SessionHostJoinType SessionHostName SessionHostOSDescription
      SessionHostOSVersion SessionHostPoolType SessionHostSessionId SessionHostSxSStackVersion State UdpUse UserName`,
  }),
  WVDErrors: together(desktop, {
    bool: "ServiceError",
    long: "Code",
    string: "ActivityType CodeSymbolic Message Operation Source UserName",
  }),
  WVDFeeds: together(desktop, {
    int: "IconFail IconTotal RDPFail RDPTotal",
    string: "ClientOS ClientSideIPAddress ClientType ClientVersion IsClientPrivateLink UserName",
  }),
  WVDHostRegistrations: together(desktop, {
    string: "IsSessionHostPrivateLink SessionHostIPAddress SessionHostName",
  }),
  WVDManagement: together(desktop, {
    int: "ObjectsCreated ObjectsDeleted ObjectsFetched ObjectsUpdated",
    string: "ArmObjectScope ClientSideIPAddress ProvisioningCorrelationId Route UserName",
  }),
  WVDSessionHostManagement: together(desktop, {
    bool: "UpdateDeleteOriginalVm",
    int: "FromInstanceCount ToInstanceCount UpdateMaxVmsRemoved UpdateStartWindowInMinutes",
    string: `ClientType FailedSessionHostCleanupPolicy FromSessionHostConfigVer ProvisioningCanaryPolicy
      ProvisioningStatus ProvisioningType ScheduledDateTime ScheduledDateTimeZone ToSessionHostConfigVer UpdateMethod`,
  }),
  Windows365AuditLogs: together(record, {
    string: `ActivityId ApplicationId ApplicationName BuildVersion CallerExtendedProperties ComponentName OperationName
      OtherAuditEventProperties OtherIdentityProperties Pid RelatedActivityId ResourceExtendedProperties Result
      ScenarioId ScenarioInstanceId ServiceName SessionId Tid UserId UserPrincipalName`,
  }),
};
