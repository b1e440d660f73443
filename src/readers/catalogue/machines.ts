import { type ColumnWords, together } from "./columns.ts";
import { record } from "./workspace.ts";

/* Tables of what machines report. https://learn.microsoft.com/azure/azure-monitor/reference/tables-category */

export const machineTables: Readonly<Record<string, ColumnWords>> = {
  ComputerGroup: together(record, { string: "Computer Group GroupFullName GroupId GroupSource GroupSourceName" }),
  ConfigurationChange: together(record, {
    datetime: "DateCreated DateModified PreviousDateCreated PreviousDateModified",
    long: "LastSnapshotAge PreviousSize Size",
    string: `Acls Attributes ChangeCategory Computer ConfigChangeType Current FieldsChanged FileContentChecksum
      FileSystemPath Hive Location ManagementGroupName Name Previous PreviousAcls PreviousAttributes
      PreviousFileContentChecksum PreviousValueData PreviousValueType Publisher RegistryKey SoftwareDescription
      SoftwareName SoftwareType SourceComputerId SvcAccount SvcChangeType SvcController SvcDisplayName SvcName SvcPath
      SvcPreviousAccount SvcPreviousController SvcPreviousPath SvcPreviousRunlevels SvcPreviousStartupType
      SvcPreviousState SvcRunlevels SvcStartupType SvcState VMUUID ValueData ValueName ValueType`,
  }),
  ConfigurationData: together(record, {
    datetime: "DateCreated DateModified",
    long: "Size",
    string: `Acls Architecture Attributes Computer ConfigDataType CurrentVersion FileContentChecksum FileSystemPath Hive
      Location ManagementGroupName Name Publisher RegistryKey SoftwareDescription SoftwareName SoftwareType
      SourceComputerId SvcAccount SvcController SvcDescription SvcDisplayName SvcName SvcPath SvcRunlevels
      SvcStartupType SvcState VMUUID ValueData ValueName ValueType`,
  }),
};
