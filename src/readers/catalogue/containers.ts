import { type ColumnWords, together } from "./columns.ts";
import { record } from "./workspace.ts";

/* Tables of containers. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

const kubernetesAudit = together(record, {
  datetime: "RequestReceivedTime StageReceivedTime",
  dynamic: "Annotations ObjectRef RequestObject ResponseObject ResponseStatus SourceIps User",
  string: "AuditId Level PodName RequestUri Stage UserAgent Verb",
});
const controlPlane = together(record, { string: "Category Level Message PodName Stream" });

export const containerTables: Readonly<Record<string, ColumnWords>> = {
  ContainerAppConsoleLogs: together(record, {
    string: `ContainerAppName ContainerGroupId ContainerGroupName ContainerId ContainerImage ContainerName
      EnvironmentName JobName Location Log OperationName RevisionName Stream`,
  }),
  ContainerAppSystemLogs: together(record, {
    int: "Count",
    string: `ComponentName ComponentType ContainerAppName ContainerName EnvironmentName EventSource JobName Location Log
      OperationName Reason ReplicaName RevisionName`,
  }),
  ContainerEvent: together(record, {
    int: "Count",
    string: "ContainerGroup ContainerGroupInstanceID ContainerID ContainerName Location Message OSType Reason",
  }),
  ContainerImageInventory: together(record, {
    int: "Failed Paused Running Stopped",
    long: "TotalContainer",
    string: "Computer Image ImageID ImageSize ImageTag Repository VirtualSize",
  }),
  ContainerInstanceLog: together(record, {
    string: "ContainerGroup ContainerID ContainerImage ContainerName Location Message OSType Source",
  }),
  ContainerInventory: together(record, {
    datetime: "CreatedTime FinishedTime StartedTime",
    int: "ExitCode",
    string: `Command ComposeGroup Computer ContainerHostname ContainerID ContainerState EnvironmentVar Image ImageID
      ImageTag Links Name Ports Repository`,
  }),
  ContainerLog: together(record, {
    datetime: "TimeOfCommand",
    string: "Computer ContainerID Image ImageTag LogEntry LogEntrySource Name Repository",
  }),
  ContainerLogV2: together(record, {
    dynamic: "KubernetesMetadata LogMessage",
    string: "Computer ContainerId ContainerName LogLevel LogSource PodName PodNamespace",
  }),
  ContainerNodeInventory: together(record, { string: "Computer DockerVersion OperatingSystem" }),
  ContainerRegistryLoginEvents: together(record, {
    string: `CallerIpAddress Category CorrelationId DurationMs Identity JwtId LoginServer OperationName Region
      ResultDescription ResultType UserAgent`,
  }),
  ContainerRegistryRepositoryEvents: together(record, {
    int: "Size",
    string: `ArtifactType CallerIpAddress Category CorrelationId Digest DurationMs Identity LoginServer MediaType
      OperationName Region Repository ResultDescription ResultType Tag UserAgent UserTenantId`,
  }),
  ContainerServiceLog: together(record, {
    datetime: "TimeOfCommand",
    string: "Command Computer ContainerID Image ImageTag Repository",
  }),
  KubeEvents: together(record, {
    datetime: "FirstSeen LastSeen",
    real: "Count",
    string: "ClusterId ClusterName Computer KubeEventType Message Name Namespace ObjectKind Reason SourceComponent",
  }),
  KubeHealth: together(record, {
    datetime: "TimeFirstObserved",
    string: `ClusterId Details MonitorConfig MonitorInstanceId MonitorLabels MonitorTypeId NewState OldState
      ParentMonitorInstanceId`,
  }),
  KubeMonAgentEvents: together(record, { string: "Category ClusterId ClusterName Computer Level Message Tags" }),
  KubeNodeInventory: together(record, {
    datetime: "CreationTimeStamp LastTransitionTimeReady",
    string: `ClusterId ClusterName Computer DockerVersion KubeProxyVersion KubeletVersion KubernetesProviderID Labels
      OperatingSystem Status`,
  }),
  KubePVInventory: together(record, {
    datetime: "PVCreationTimeStamp",
    dynamic: "PVTypeInfo",
    real: "PVCapacityBytes",
    string: "ClusterId ClusterName PVAccessModes PVCName PVCNamespace PVName PVStatus PVStorageClassName PVType",
  }),
  KubePodInventory: together(record, {
    datetime: "ContainerCreationTimeStamp ContainerStartTime PodCreationTimeStamp PodStartTime",
    int: "ContainerRestartCount PodRestartCount",
    string: `ClusterId ClusterName Computer ContainerID ContainerLastStatus ContainerName ContainerStatus
      ContainerStatusReason ControllerKind ControllerName InstanceName Name Namespace PodIp PodLabel PodStatus PodUid
      ServiceName`,
  }),
  KubeServices: together(record, {
    string: "ClusterId ClusterIp ClusterName Namespace SelectorLabels ServiceName ServiceType",
  }),
  AKSAudit: kubernetesAudit,
  AKSAuditAdmin: kubernetesAudit,
  AKSControlPlane: controlPlane,
  ArcK8sAudit: kubernetesAudit,
  ArcK8sAuditAdmin: kubernetesAudit,
  ArcK8sControlPlane: controlPlane,
};
