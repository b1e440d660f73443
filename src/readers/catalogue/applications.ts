import { type ColumnWords, together } from "./columns.ts";
import { record, unowned } from "./workspace.ts";

/*
 * Tables of applications and their gateways.
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables-category
 */

// Application Insights.
const telemetry = together(record, {
  dynamic: "Properties",
  string: `AppRoleInstance AppRoleName AppVersion ClientBrowser ClientCity ClientCountryOrRegion ClientIP ClientModel
    ClientOS ClientStateOrProvince ClientType IKey OperationId OperationName ParentId ResourceGUID SDKVersion SessionId
    SyntheticSource UserAccountId UserAuthenticatedId UserId`,
});
const measured = together(telemetry, { dynamic: "Measurements", int: "ItemCount" });

const machineLearning = together(record, { dynamic: "Identity", string: "AadTenantId OperationName" });
const machineLearningEvent = together(machineLearning, { string: "CorrelationId Level ResultType" });

const registryEvent = together(record, {
  string: "AssetName AssetVersion CorrelationId Labels RegistryResourceId RegistryTenantId UserName UserObjectId",
});

export const applicationTables: Readonly<Record<string, ColumnWords>> = {
  AGCAccessLogs: together(record, {
    int: "BackendPort BackendTimeTaken FrontendPort HttpStatusCode",
    long: "RequestBodyBytes RequestHeaderBytes ResponseBodyBytes ResponseHeaderBytes",
    real: "BackendResponseLatency TimeTaken",
    string: `BackendHost BackendIp ClientIp FrontendName HostName HttpMethod HttpVersion OperationName Referrer Region
      RequestUri TlsCipher TlsProtocol TrackingId UserAgent`,
  }),
  AGSGrafanaLoginEvents: together(record, {
    dynamic: "TraceContext",
    string: "Category CorrelationId Level Location Message OperationName ResourceGroup TargetResource User UserRole",
  }),
  AGWAccessLogs: together(record, {
    int: "HttpStatus ReceivedBytes SentBytes ServerStatus UpstreamSourcePort",
    real: "ClientResponseTime ServerResponseLatency TimeTaken WafEvaluationTime",
    string: `BackendPoolName BackendSettingName ClientIp Host HttpMethod HttpVersion InstanceId ListenerName
      OperationName OriginalHost OriginalRequestUriWithArgs RequestUri RuleName ServerRouted SslCipher SslEnabled
      SslProtocol TransactionId UserAgent WafMode`,
  }),
  AGWFirewallLogs: together(record, {
    int: "ClientPort",
    string: `Action ClientIp DetailedData DetailedMessage FileDetails Hostname InstanceId LineDetails Message
      OperationName RequestUri RuleId RuleSetType RuleSetVersion Site TransactionId`,
  }),
  AGWPerformanceLogs: together(record, {
    int: "FailedRequestCount HealthyHostCount Latency RequestCount Throughput UnHealthyHostCount",
    string: "InstanceId OperationName",
  }),
  APIMDevPortalAuditDiagnosticLog: together(record, {
    int: "ResponseCode",
    string: `ActivityId ApimClient Category HashedUserId OperationName Region RequestMethod RequestPath ResultType
      ServiceName UserAgent Version`,
  }),
  AmlComputeClusterEvent: together(record, {
    datetime: "AllocationStateTransitionTime",
    int: `CoreCount CurrentNodeCount IdleNodeCount InitialNodeCount LeavingNodeCount MaximumNodeCount MinimumNodeCount
      NodeIdleTimeSecondsBeforeScaleDown PreparingNodeCount RunningNodeCount TargetNodeCount UnusableNodeCount`,
    string: `AllocationState ClusterErrorCodes ClusterName ClusterType CreatedBy CreationApiVersion EventType
      InternalOperationName IsResizeGrow NodeDeallocationOption Offer OperationName PreemptedNodeCount ProvisioningState
      Publisher QuotaAllocated QuotaUtilized ResultSignature ScalingType Sku SubnetId Version VmFamilyName VmPriority
      VmSize`,
  }),
  AmlComputeInstanceEvent: together(machineLearningEvent, { string: "AmlComputeInstanceName" }),
  AmlComputeJobEvent: together(record, {
    string: `ClusterId ClusterName ClusterResourceGroupName CreationApiVersion CustomerSubscriptionId ErrorDetails
      EventType ExecutionState ExperimentId ExperimentName InternalOperationName JobErrorMessage JobId JobName NodeId
      OperationName ProvisioningState ResourceGroupName ResultSignature RunInContainer TFParameterServerCount
      TFWorkerCount ToolType WorkspaceName`,
  }),
  AmlDataLabelEvent: together(machineLearningEvent, {
    string: "AmlDataStoreName AmlLabelNames AmlProjectId AmlProjectName",
  }),
  AmlDataSetEvent: together(machineLearning, { string: "AmlDatasetId AmlDatasetName AmlWorkspaceId ResultType" }),
  AmlDataStoreEvent: together(machineLearning, { string: "AmlDatastoreName AmlWorkspaceId ResultType" }),
  AmlDeploymentEvent: together(machineLearningEvent, { string: "AmlServiceName" }),
  AmlEnvironmentEvent: together(machineLearning, { string: "AmlEnvironmentName AmlEnvironmentVersion" }),
  AmlInferencingEvent: together(machineLearningEvent, { string: "AmlServiceName" }),
  AmlModelsEvent: together(machineLearningEvent, { string: "AmlModelName ResultSignature" }),
  AmlOnlineEndpointConsoleLog: together(record, {
    string: "ContainerImageName ContainerName DeploymentName InstanceId Message OperationName",
  }),
  AmlOnlineEndpointEventLog: together(record, { string: "DeploymentName InstanceId Message Name OperationName" }),
  AmlOnlineEndpointTrafficLog: together(record, {
    int: `ModelStatusCode RequestDurationMs RequestPayloadSize RequestThrottlingDelayMs ResponseCode ResponseDurationMs
      ResponsePayloadSize ResponseThrottlingDelayMs TotalDurationMs`,
    string: `AuthType AzureMLWorkspaceId AzureMLWorkspaceName DeploymentName EndpointName IdentityData Location Method
      ModelStatusReason OperationName Path Protocol ResponseCodeReason UserAgent XMSClientRequestId XRequestId`,
  }),
  AmlPipelineEvent: together(machineLearning, {
    string: `AmlModuleId AmlModuleName AmlParentPipelineId AmlPipelineDraftId AmlPipelineDraftName AmlPipelineEndpointId
      AmlPipelineEndpointName AmlPipelineId AmlWorkspaceId AmlWorkspaceName CorrelationId ResultType`,
  }),
  AmlRegistryReadEventsLog: registryEvent,
  AmlRegistryWriteEventsLog: registryEvent,
  AmlRunEvent: together(machineLearning, { string: "AmlWorkspaceId RunId" }),
  AmlRunStatusChangedEvent: together(record, {
    string: `CallerIpAddress CorrelationId DurationMs Identity Level Location Message OperationName OperationVersion
      ParentRunId ResultDescription ResultSignature ResultType RootRunId RunId Status TriggeringUserName WorkspaceId
      WorkspaceName`,
  }),
  ApiManagementGatewayLogs: together(record, {
    bool: "IsMasterTrace IsRequestSuccess IsTraceAllowed IsTraceExpired IsTraceRequested",
    datetime: "Timestamp",
    dynamic: "BackendRequestHeaders BackendResponseHeaders Errors RequestHeaders ResponseHeaders TraceRecords",
    int: "BackendResponseCode RequestSize ResponseCode ResponseSize",
    long: "BackendTime CacheTime ClientTime LastErrorElapsed TotalTime",
    string: `ApiId ApiRevision ApimSubscriptionId BackendId BackendMethod BackendProtocol BackendRequestBody
      BackendResponseBody BackendUrl Cache CallerIpAddress Category ClientProtocol ClientTlsVersion CorrelationId
      LastErrorMessage LastErrorReason LastErrorScope LastErrorSection LastErrorSource Method OperationId OperationName
      ProductId Region RequestBody ResponseBody Url UserId WorkspaceId`,
  }),
  ApiManagementWebSocketConnectionLogs: together(record, {
    string: "CorrelationId Destination Error EventName Region Source",
  }),
  AppAvailabilityResults: together(measured, {
    bool: "Success",
    real: "DurationMs",
    string: "Id Location Message Name",
  }),
  AppBrowserTimings: together(measured, {
    real: "NetworkDurationMs ProcessingDurationMs ReceiveDurationMs SendDurationMs TotalDurationMs",
    string: "Name Url",
  }),
  AppCenterError: together(unowned, {
    bool: "JailBreak",
    datetime: "CreatedAt LastErrorAt SymbolicatedAt",
    int: "ErrorLine",
    string: `Annotation ErrorClass ErrorFile ErrorGroupId ErrorId ErrorMethod ErrorReason ErrorType ExceptionType Model
      Oem OsVersion SchemaType Status UserString`,
  }),
  AppDependencies: together(measured, {
    bool: "Success",
    real: "DurationMs",
    string: "Data DependencyType Id Name ReferencedItemId ReferencedType ResultCode Target",
  }),
  AppEnvSpringAppConsoleLogs: together(record, {
    string: `ContainerAppName ContainerGroupId ContainerGroupName ContainerId ContainerImage ContainerName
      EnvironmentName Location Log OperationName RevisionName Stream`,
  }),
  AppEvents: together(measured, { string: "Name" }),
  AppExceptions: together(measured, {
    dynamic: "Details",
    int: "SeverityLevel",
    string: `Assembly ExceptionType HandledAt InnermostAssembly InnermostMessage InnermostMethod InnermostType Message
      Method OuterAssembly OuterMessage OuterMethod OuterType ProblemId`,
  }),
  AppMetrics: together(telemetry, { int: "ItemCount", real: "Max Min Sum", string: "Name" }),
  AppPageViews: together(measured, { real: "DurationMs", string: "Id Name Url" }),
  AppPerformanceCounters: together(telemetry, { real: "Value", string: "Category Counter Instance Name" }),
  AppPlatformBuildLogs: together(record, { string: "BuildLog ContainerName PodName" }),
  AppPlatformContainerEventLogs: together(record, {
    datetime: "FirstTimestamp LastTimestamp",
    int: "Count",
    string: "App Deployment Event Instance Message",
  }),
  AppPlatformIngressLogs: together(record, {
    real: "RequestTime",
    string: `BodyBytesSent Host HttpReferer HttpUserAgent OperationName ProxyAlternativeUpstreamName ProxyUpstreamName
      RemoteAddr RemoteUser ReqId Request RequestHeaders RequestLength Status TimeLocal UpstreamAddr
      UpstreamResponseLength UpstreamResponseTime UpstreamStatus`,
  }),
  AppPlatformLogsforSpring: together(record, {
    datetime: "AppTimestamp",
    string: `AppName Category CustomLevel ExceptionClass InstanceName Log Logger MDC Message OperationName ServiceName
      SpanId StackTrace Stream Thread TraceId`,
  }),
  AppPlatformSystemLogs: together(record, {
    string: "Category InstanceName Level Log LogType Logger OperationName ServiceName Stack Thread",
  }),
  AppRequests: together(measured, {
    bool: "Success",
    real: "DurationMs",
    string: "Id Name ReferencedItemId ReferencedType ResultCode Source Url",
  }),
  AppServiceAntivirusScanAuditLogs: together(record, {
    datetime: "TimeStamp",
    int: "NumberOfInfectedFiles TotalFilesScanned",
    string: "Category ErrorMessage ListOfInfectedFiles ScanStatus",
  }),
  AppServiceAppLogs: together(record, {
    string: `Category ContainerId CustomLevel ExceptionClass Host Level Logger Message Method OperationName
      ResultDescription Source StackTrace Stacktrace WebSiteInstanceId`,
  }),
  AppServiceAuditLogs: together(record, {
    string: "Category OperationName Protocol User UserAddress UserDisplayName",
  }),
  AppServiceAuthenticationLogs: together(record, {
    int: "StatusCode SubStatusCode",
    string: "CorrelationId Details HostName Level Message ModuleRuntimeVersion OperationName SiteName TaskName",
  }),
  AppServiceConsoleLogs: together(record, {
    string: "Category ContainerId Host Level OperationName ResultDescription",
  }),
  AppServiceEnvironmentPlatformLogs: together(record, {
    string: "Category OperationName ResourceId ResultDescription ResultType",
  }),
  AppServiceFileAuditLogs: together(record, { string: "Category OperationName Path Process" }),
  AppServiceHTTPLogs: together(record, {
    int: "CsBytes ScBytes ScStatus TimeTaken",
    string: `CIp ComputerName Cookie CsHost CsMethod CsUriQuery CsUriStem CsUsername Referer Result SPort ScSubStatus
      ScWin32Status UserAgent`,
  }),
  AppServiceIPSecAuditLogs: together(record, {
    string: "CIp CsHost Details Result ServiceEndpoint XAzureFDID XFDHealthProbe XForwardedFor XForwardedHost",
  }),
  AppServicePlatformLogs: together(record, {
    string: "ActivityId ContainerId DeploymentId Exception Host Level Message OperationName StackTrace",
  }),
  AppServiceServerlessSecurityPluginData: together(record, {
    dynamic: "Payload SlSecMetadata SlSecProps",
    int: "Index",
    string: "MsgVersion PayloadType Sender SlSecRequestId",
  }),
  AppSystemEvents: together(record, { dynamic: "Measurements Properties", string: "EventType Name" }),
  AppTraces: together(measured, { int: "SeverityLevel", string: "Message ReferencedItemId ReferencedType" }),
};
