import { type ColumnWords, together } from "./columns.ts";
import { record } from "./workspace.ts";

/* Tables of containers. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

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
};
